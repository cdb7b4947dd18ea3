# What the commands in bin/ share: packages, the page, the build. Sourced, never run; nothing here asks a question.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[1]}")/.."
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n -E "$@"; else die "needs root or sudo: $*"; fi
}

# Names of the packages in the given lists that are not here yet.
missing_packages() {
    local name only_without
    cat "$@" | while read -r name only_without; do
        case $name in ''|'#'*) continue ;; esac
        if [ -n "$only_without" ] && command -v "${only_without#\?}" >/dev/null; then continue; fi
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name"
    done
}

# Installs what is missing, quietly; asks the mirror for its lists only then.
install_packages() {
    local missing log=build/apt.log
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    say "installing: $(echo $missing)"
    mkdir -p build
    { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends $missing; } </dev/null >$log 2>&1 \
        || { tail -20 $log >&2; die "apt-get failed; all of it is in $log"; }
}

# Builds web/dist when anything it is made of is newer than the last time. web/bin/ installs what the lock file names.
build_page() {
    mkdir -p build
    web/bin/install </dev/null >build/npm.log 2>&1 || { tail -20 build/npm.log >&2; die "npm ci failed; all of it is in build/npm.log"; }
    if [ -f web/dist/index.html ] && [ -f build/page.made ] && [ -z "$(find web messages docs/api -newer build/page.made \
        -not -path 'web/node_modules*' -not -path 'web/dist*' -type f -print -quit 2>/dev/null)" ]; then return 0; fi
    say "building the page"
    web/bin/build --fast </dev/null >build/page.log 2>&1 || { tail -20 build/page.log >&2; die "the page does not build; all of it is in build/page.log"; }
    touch build/page.made
}

# build_program PRESET [TARGET…]
build_program() {
    local preset=$1; shift
    mkdir -p build
    cmake --preset "$preset" >build/cmake.log 2>&1 </dev/null || { cat build/cmake.log >&2; die "cmake failed"; }
    cmake --build --preset "$preset" ${1:+--target "$@"} </dev/null >"build/$preset/build.log" 2>&1 \
        || { grep -E -A12 'error|FAILED' "build/$preset/build.log" | head -60 >&2; die "the build failed; all of it is in build/$preset/build.log"; }
}
