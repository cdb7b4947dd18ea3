// For tests: a table with three head rows, two 其中, subtotal, total, cumulative beside current; and a ledger.
#pragma once

#include <stdexcept>
#include <string>

#include "modules/forms/load_form.h"

namespace anban::forms::fixture {

inline constexpr const char* table_yaml = R"yaml(id: statistics
kind: table
title: 安全生产推进情况调度统计表
subtitle: （月报）
unit_note: 单位：家、项、万元
assumed: true
row_head: 行业领域
head:
  - {id: inspected, title: 检查单位, unit: 家}
  - title: 隐患排查整改
    columns:
      - title: 本月
        columns:
          - {id: found, title: 发现, unit: 项}
          - {id: found_major, title: 其中重大, unit: 项, of_which: true}
          - {id: fixed, title: 整改, unit: 项}
          - {id: fixed_major, title: 其中重大, unit: 项, of_which: true}
          - {id: rate, title: 整改率, unit: "%", source: {formula: "rate(fixed, found)"}}
      - title: 累计
        columns:
          - {id: found_total, title: 发现, unit: 项, source: {cumulative: found}}
          - {id: fixed_total, title: 整改, unit: 项, source: {cumulative: fixed}}
          - {id: rate_total, title: 整改率, unit: "%", source: {formula: "rate(fixed_total, found_total)"}}
  - {id: registered, title: 在册工程, unit: 个, source: last_window, adds: stock}
  - title: 处罚
    columns:
      - {id: fines, title: 罚款额, unit: 万元, decimals: 2}
      - {id: stopped, title: 停工, unit: 起}
      - {id: closed, title: 关停, unit: 起}
      - {id: measures, title: 合计, unit: 起, source: {formula: "stopped + closed"}}
rows:
  - id: building
    title: 房屋建筑
    kind: subtotal
    rows:
      - {id: r1, title: 房建施工}
      - {id: r2, title: 既有建筑}
  - {id: r3, title: 城镇燃气}
  - {id: all, title: 合计, kind: total}
checks:
  - {id: fixed_found, level: hard, rule: "found_total >= fixed_total", message: "累计整改（{right}）多于累计发现（{left}）"}
  - {id: jump, level: explain, rule: "registered <= prev.registered + 5", message: "在册工程由上期猛增至 {left}，请说明"}
  - {id: ledger, level: hard, rule: "all.found_major = ledger.count(where level == \"major\")", message: "表内重大隐患 {left} 项，台账 {right} 项"}
  - {id: funds, level: explain, rule: "fines >= ledger.total(funds where level == \"major\" and done != \"\")", rows: [all], message: "罚款 {left} 少于 {right}"}
)yaml";

inline constexpr const char* ledger_yaml = R"yaml(id: hazards
kind: ledger
title: 重大风险隐患台账
columns:
  - {id: unit, title: 隐患单位, type: organization, required: true, width: 24}
  - {id: level, title: 隐患等级, type: choice, required: true, choices: [{id: major, title: 重大}, {id: general, title: 一般}]}
  - {id: found, title: 排查日期, type: date, required: true}
  - {id: funds, title: 整改资金（万元）, type: number, decimals: 2}
  - {id: done, title: 完成日期, type: date}
  - {id: remark, title: 备注, type: text, longest: 20}
)yaml";

inline Form form_of(const std::string& yaml) {
    PackErrors errors;
    auto form = read_form(yaml, "forms/test.yaml", errors);
    std::string told;
    for (const auto& e : errors) told += std::to_string(e.line) + ' ' + e.key + "; ";
    if (!form) throw std::runtime_error(told);
    return *form;
}

inline Form table() { return form_of(table_yaml); }
inline Form ledger() { return form_of(ledger_yaml); }

}  // namespace anban::forms::fixture
