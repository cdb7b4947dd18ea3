// The PostgreSQL server of the test program.
#pragma once

#include <string>

namespace anban::test {

// Starts it at the first call. Throws std::runtime_error when it does not come up.
class PostgresqlCluster {
public:
    static PostgresqlCluster& get(bool durable);

    // The connection string of a database on it.
    [[nodiscard]] std::string target(const std::string& database) const;
    // Statements outside of any transaction, on the maintenance database.
    void administer(const std::string& statement, const std::string& database = "postgres") const;

private:
    explicit PostgresqlCluster(bool durable);
    void start(bool durable);
    std::string server_;  // connection string without a database
};

}  // namespace anban::test
