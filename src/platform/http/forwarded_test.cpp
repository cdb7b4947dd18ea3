#include "platform/http/forwarded.h"

#include <gtest/gtest.h>

namespace anban::http {
namespace {

const std::vector<std::string> kGateways{"10.0.0.2", "10.0.0.3", "::1"};

TEST(ClientAddress, Nobody_can_name_another_address_for_himself) {  // threats C5
    EXPECT_EQ(client_address("192.0.2.7", "198.51.100.1", kGateways), "192.0.2.7");
    EXPECT_EQ(client_address("192.0.2.7", "198.51.100.1", {}), "192.0.2.7");
    EXPECT_EQ(client_address("10.0.0.2", "198.51.100.1, 192.0.2.7", kGateways), "192.0.2.7");
    EXPECT_EQ(client_address("10.0.0.2", "10.0.0.3, 192.0.2.7", kGateways), "192.0.2.7");
}

TEST(ClientAddress, Each_person_behind_the_gateway_has_an_address_of_the_own) {
    EXPECT_EQ(client_address("10.0.0.2", "192.0.2.7", kGateways), "192.0.2.7");
    EXPECT_EQ(client_address("10.0.0.2", " 192.0.2.7 ,\t10.0.0.3 ", kGateways), "192.0.2.7");
    EXPECT_EQ(client_address("::1", "2001:db8::7", kGateways), "2001:db8::7");
}

TEST(ClientAddress, A_hop_that_is_no_address_leaves_the_nearest_that_is_sure) {
    EXPECT_EQ(client_address("10.0.0.2", "", kGateways), "10.0.0.2");
    EXPECT_EQ(client_address("10.0.0.2", "unknown", kGateways), "10.0.0.2");
    EXPECT_EQ(client_address("10.0.0.2", "192.0.2.7, ' or 1=1, 10.0.0.3", kGateways), "10.0.0.3");
    EXPECT_EQ(client_address("10.0.0.2", "192.0.2.7:4711", kGateways), "10.0.0.2");
    EXPECT_EQ(client_address("10.0.0.2", ",,,", kGateways), "10.0.0.2");
}

}  // namespace
}  // namespace anban::http
