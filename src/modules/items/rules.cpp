#include "modules/items/rules.h"

#include <algorithm>

#include "platform/files/markings.h"

namespace anban::items::rules {
namespace {

constexpr std::size_t kMostTitle = 600;      // bytes: 200 characters
constexpr std::size_t kMostText = 60'000;    // bytes: 20,000 characters
constexpr std::size_t kMostPictures = 30;

bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

void check_marking(std::vector<FieldError>& errors, const std::string& path, const std::string& text) {
    const auto verdict = files::check_markings(text);
    if (verdict.level == files::MarkingVerdict::Level::block) errors.push_back({path, "item.marked_secret", {{"place", verdict.where}}});
}

void check_text(std::vector<FieldError>& errors, const Item& item, bool handing_in) {
    std::size_t bytes = 0;
    bool any = false;
    for (std::size_t i = 0; i < item.paragraphs.size(); ++i) {
        bytes += item.paragraphs[i].size();
        any = any || !blank(item.paragraphs[i]);
        check_marking(errors, "/paragraphs/" + std::to_string(i), item.paragraphs[i]);
    }
    if (bytes > kMostText) errors.push_back({"/paragraphs", "item.text_too_long", {{"most", "20000"}}});
    if (handing_in && !any) errors.push_back({"/paragraphs", "item.text_missing", {}});
}

void check_pictures(std::vector<FieldError>& errors, const Item& item, const Form& form, bool handing_in) {
    if (item.pictures.size() > kMostPictures) errors.push_back({"/pictures", "item.too_many_pictures", {{"most", "30"}}});
    if (handing_in && static_cast<std::int64_t>(item.pictures.size()) < form.pictures_min)
        errors.push_back({"/pictures", "item.pictures_missing", {{"least", std::to_string(form.pictures_min)}}});
    for (std::size_t i = 0; i < item.pictures.size(); ++i)
        check_marking(errors, "/pictures/" + std::to_string(i) + "/caption", item.pictures[i].caption);
}

}  // namespace

Result<State> next(State state, Deed deed) {
    const auto refused = [&]() -> Result<State> {
        return Refusal{Code::conflict, "item.deed_not_now", {{"deed", std::string(codec::enum_name(deed))}, {"state", std::string(codec::enum_name(state))}}, {}, {}};
    };
    switch (deed) {
        case Deed::write: return state == State::handed_in ? refused() : state;
        case Deed::hand_in: return state == State::handed_in ? refused() : Result<State>(State::handed_in);
        case Deed::withdraw: return state == State::handed_in ? Result<State>(State::withdrawn) : refused();
        case Deed::return_for_correction: return state == State::handed_in ? Result<State>(State::returned) : refused();
        case Deed::undo_return: return state == State::returned ? Result<State>(State::handed_in) : refused();
    }
    return refused();
}

Verdict refuse_content(const Item& item, const Form& form, bool handing_in, CivilDate today) {
    std::vector<FieldError> errors;
    if (handing_in && blank(item.title)) errors.push_back({"/title", "item.title_missing", {}});
    if (item.title.size() > kMostTitle) errors.push_back({"/title", "item.title_too_long", {{"most", "200"}}});
    check_marking(errors, "/title", item.title);
    const bool known = form.categories.empty() ? item.category.empty() : std::ranges::count(form.categories, item.category) == 1;
    if (!known && (handing_in || !item.category.empty())) errors.push_back({"/category", "item.category_unknown", {}});
    if (today < item.happened_on) errors.push_back({"/happenedOn", "item.day_ahead", {}});
    check_text(errors, item, handing_in);
    check_pictures(errors, item, form, handing_in);
    if (errors.empty()) return std::nullopt;
    return Refusal{Code::unprocessable, "item.content_refused", {}, std::move(errors), {}};
}

}  // namespace anban::items::rules
