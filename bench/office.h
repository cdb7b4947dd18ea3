// An office with data in bulk: written by SQL, in the bench only, never by the product.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/application.h"
#include "modules/forms/form.h"
#include "tests/support/world_db.h"

namespace anban::bench {

// One unit's liaison and the filings that it can hand in.
struct Filer {
    std::string login;
    std::vector<std::string> filings;
};

class Office {
public:
    explicit Office(db::Engine);
    ~Office();

    [[nodiscard]] Application& app() { return *app_; }
    [[nodiscard]] const std::string& folder() const { return folder_.path(); }
    [[nodiscard]] double engine_cpu() const;  // seconds, of PostgreSQL's processes; 0 on SQLite

    // One table as a unit hands it in: every cell that is typed. Hunan's statistics table.
    [[nodiscard]] std::string table_parts() const;
    [[nodiscard]] forms::Form table() const;
    [[nodiscard]] static forms::Form sixty_cells();
    std::vector<Filer> make_filers(int units, int filings_each);
    void make_matrix(int units, int windows);      // duty "matrix": state by chance, receiver the office
    void make_total(int units);                    // duty "total", slot 2023-03: everything accepted, Hunan's table of 403 cells
    void make_sixty(int units);                    // duty "sixty", likewise, a table of 6 rows x 10 columns; one unit in twenty is missing
    std::vector<std::string> make_reporters(int units);  // logins of their liaisons: units like the bureaus of the pack
    std::string clerk_login();
    std::string unit_login();  // of the liaison of the matrix' first unit
    void close() { app_.reset(); }  // the data stays, for another process

    static constexpr const char* kPassword = "Correct-Horse-9";

private:
    void write(const std::function<void(db::Connection&)>& deed);
    void make_duty(db::Connection&, const std::string& duty, const std::string& form_digest);
    void add_tables(db::Connection&, const std::string& duty, const std::string& form_digest, const std::string& cells);
    void fold();
    void look_through();
    std::string make_account(const std::string& organization_id, Role);

    TemporaryFolder folder_;
    Config config_;
    std::unique_ptr<Application> app_;
    std::string office_, digest_, cells_;
    int accounts_ = 0, filings_ = 0;
};

}  // namespace anban::bench
