#include <cstdio>
int main() { std::puts("anban"); }
