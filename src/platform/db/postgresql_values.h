// How values travel between libpq and Row. For postgresql_connection.cpp alone.
#pragma once

#include <libpq-fe.h>

#include <charconv>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/database.h"

namespace anban::db {

// Numbers that the server gives to its built-in types (pg_type.dat); they never change.
constexpr Oid kBoolean = 16;
constexpr Oid kBytes = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;

inline int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

class PostgresqlRow final : public Row {
public:
    PostgresqlRow(const char* name, const PGresult* result) : name_(name), result_(result), decoded_(static_cast<std::size_t>(PQnfields(result))) {}
    void go_to(int row) { row_ = row; }

    bool is_null(int column) const override {
        if (column < 0 || column >= PQnfields(result_)) complain(column, "is not there");
        return PQgetisnull(result_, row_, column) != 0;
    }

    std::int64_t int64(int column) const override {
        if (is_null(column)) return 0;
        if (binary(column) && is_number(column)) return number(column);
        const auto digits = text(column);
        std::int64_t out = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        if (error != std::errc() || end != digits.data() + digits.size()) complain(column, "is no whole number");
        return out;
    }

    std::string_view text(int column) const override {
        if (is_null(column)) return {};
        if (PQftype(result_, column) == kBytes) complain(column, "holds bytes, not text");
        if (binary(column) && is_number(column)) return decoded_[static_cast<std::size_t>(column)] = std::to_string(number(column));
        if (PQftype(result_, column) == kBoolean) return raw(column) == "t" ? "1" : "0";  // a comparison, as on SQLite
        return raw(column);
    }

    std::string_view bytes(int column) const override {
        if (is_null(column)) return {};
        if (PQftype(result_, column) != kBytes) return text(column);
        if (binary(column)) return raw(column);
        const auto hex = raw(column).substr(2);  // after "\x"
        auto& out = decoded_[static_cast<std::size_t>(column)];
        out.resize(hex.size() / 2);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(hex_digit(hex[2 * i]) * 16 + hex_digit(hex[2 * i + 1]));
        return out;
    }

private:
    bool binary(int column) const { return PQfformat(result_, column) == 1; }
    bool is_number(int column) const { return PQftype(result_, column) == kInt8 || PQftype(result_, column) == kInt4; }
    // In the byte order of the network, of the type's length.
    std::int64_t number(int column) const {
        const auto bytes = raw(column);
        std::uint64_t out = (bytes[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
        for (const char byte : bytes) out = out << 8 | static_cast<unsigned char>(byte);
        return static_cast<std::int64_t>(out);
    }
    std::string_view raw(int column) const {
        return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }
    [[noreturn]] void complain(int column, const char* what) const {
        throw Failure(std::string(name_) + ": column " + std::to_string(column) + ' ' + what);
    }

    const char* name_;
    const PGresult* result_;
    int row_ = 0;
    mutable std::vector<std::string> decoded_;
};

// Values in the form that libpq takes: numbers and text as text, bytes as they are.
struct Parameters {
    explicit Parameters(const char* name, const Values& values) : numbers(values.size()) {
        for (std::size_t i = 0; i < values.size(); ++i) add(name, values[i], numbers[i]);
    }
    void add(const char* name, const Value& value, std::string& number) {
        const std::string* held = nullptr;
        if (const auto* n = std::get_if<std::int64_t>(&value)) held = &(number = std::to_string(*n));
        else if (const auto* text = std::get_if<std::string>(&value)) held = text;
        else if (const auto* bytes = std::get_if<Bytes>(&value)) held = &bytes->data;
        if (value.index() == 2 && held->find('\0') != std::string::npos) throw Failure(std::string(name) + ": text that holds NUL");
        data.push_back(held ? held->c_str() : nullptr);
        sizes.push_back(held ? static_cast<int>(held->size()) : 0);
        formats.push_back(value.index() == 3 ? 1 : 0);
    }
    int count() const { return static_cast<int>(data.size()); }

    std::vector<std::string> numbers;
    std::vector<const char*> data;
    std::vector<int> sizes;
    std::vector<int> formats;
};

// Whether any bytes come, and nothing whose binary form is not read here.
inline bool better_in_binary(const PGresult* answer) {
    bool bytes = false;
    for (int column = 0; column < PQnfields(answer); ++column) {
        const auto type = PQftype(answer, column);
        bytes = bytes || type == kBytes;
        if (type != kBytes && type != kInt8 && type != kInt4 && type != kText) return false;
    }
    return bytes;
}

inline void callback_for_all(const char* name, const PGresult* answer, const std::function<void(const Row&)>& callback) {
    PostgresqlRow row(name, answer);
    for (int i = 0; i < PQntuples(answer); ++i) {
        row.go_to(i);
        callback(row);
    }
}

}  // namespace anban::db
