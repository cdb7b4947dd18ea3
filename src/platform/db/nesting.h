// Knows, for each thread, which deeds and looks it is inside of. A write inside them would wait for itself; a read inside a
// look joins the snapshot at hand.
#pragma once

#include "platform/db/database.h"

namespace anban::db {

class Nesting {
public:
    enum class Kind { deed, look };

    // From construction to destruction this thread is inside a deed or look of the database.
    Nesting(const Database&, Kind, Connection&);
    ~Nesting();
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

    static void refuse_write_inside(const Database&);                          // throws Failure
    [[nodiscard]] static Connection* look_at_hand(const Database&);            // nullptr: not inside a look

private:
    struct Frame {
        const Database* database;
        Kind kind;
        Connection* connection;
    };
    static std::vector<Frame>& frames();
};

}  // namespace anban::db
