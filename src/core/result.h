// A refusal is a value: which rule said no, where, and what to do. Broken machinery throws instead.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace anban {

// What kind of "no". platform/api turns it into an HTTP status in one place.
enum class Code {
    invalid,          // 400 the request itself is wrong
    unauthenticated,  // 401 sign in first
    forbidden,        // 403 seen, but not yours to do
    not_found,        // 404 not there, or outside the actor's scope (never told apart)
    conflict,         // 409 somebody was quicker, or the state does not allow it
    too_large,        // 413
    unsupported,      // 415 not a type that is accepted
    unprocessable,    // 422 well formed, but a rule of the form or of the duty is broken
    too_many,         // 429 slow down
    unavailable,      // 503 try again later
};

// Parameters of a message: {name} in the sentence of messages/zh.json and messages/en.json.
using Params = std::vector<std::pair<std::string, std::string>>;

// One place that a refusal points at: a field of the body, a cell "statistics:r1.c3", a row of a spreadsheet "row 7".
struct FieldError {
    std::string path;
    std::string key;
    Params params;
    friend bool operator==(const FieldError&, const FieldError&) = default;
};

struct Refusal {
    Code code = Code::invalid;
    std::string key;                 // message key, "filing.not_open"; the sentence is in messages/*.json
    Params params;
    std::vector<FieldError> errors;  // every place at once, never only the first
    std::string detail;              // for the log only, never sent
};

// Either a value or the reason why not.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::move(value)) {}
    Result(Refusal refusal) : held_(std::move(refusal)) {}

    [[nodiscard]] bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Only when ok().
    [[nodiscard]] const T& value() const& { return std::get<0>(held_); }
    [[nodiscard]] T& value() & { return std::get<0>(held_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(held_)); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::get<0>(std::move(held_)); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    // Only when not ok().
    [[nodiscard]] const Refusal& refusal() const { return std::get<1>(held_); }

private:
    std::variant<T, Refusal> held_;
};

struct Done {};  // the value of a deed that has nothing to tell

using Verdict = std::optional<Refusal>;  // nullopt: go ahead

}  // namespace anban
