#include <iostream>
#include <vector>

#include "app/command.h"

int main(int count, char** values) {
    const std::vector<std::string_view> arguments(values + 1, values + count);
    return anban::run_command(arguments, std::cout, std::cerr);
}
