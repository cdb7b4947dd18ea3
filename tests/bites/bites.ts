// One break of one rule each, named by the row of anchor-failures that it repeats. `was` stands exactly once in `file`; `tests`
// is a filter of anban_tests (or a file of the page's tests) that must fail once `was` became `is`.
export interface Break {
  file: string;
  was: string;
  is: string;
}

// A rule that is kept twice is broken at both places.
export interface Bite extends Break {
  name: string;
  also?: Break;
  tests: string;
}

const filings = 'src/modules/filings/';

export const bites: Bite[] = [
  {
    name: '1 the door is open exactly when it is closed',
    file: 'src/modules/campaigns/schedule.cpp',
    was: 'if (gate.opens && received < *gate.opens) return Door::not_open;',
    is: 'if (gate.opens && received >= *gate.opens) return Door::not_open;',
    tests: 'Deadline.*',
  },
  {
    name: '1 in time is what came after the due',
    file: `${filings}rules.cpp`,
    was: 'if (received) return *received <= *due ? Punctuality::on_time : Punctuality::late;',
    is: 'if (received) return *received >= *due ? Punctuality::on_time : Punctuality::late;',
    tests: 'FilingRules.*',
  },
  {
    name: '2 the cut-off itself is late',
    file: `${filings}rules.cpp`,
    was: 'if (received) return *received <= *due ? Punctuality::on_time : Punctuality::late;',
    is: 'if (received) return *received < *due ? Punctuality::on_time : Punctuality::late;',
    tests: 'FilingRules.*:Filings.*/sqlite:Anchors.*/sqlite',
  },
  {
    name: '2 a named hour lasts a second longer',
    file: 'src/modules/campaigns/schedule.cpp',
    was: 'return due.minute ? beijing_instant(due.day, *due.minute) : beijing_day_end(due.day);',
    is: 'return due.minute ? Instant{beijing_instant(due.day, *due.minute).ms + 1000} : beijing_day_end(due.day);',
    tests: 'Deadline.*:Anchors.*/sqlite',
  },
  {
    name: '3 the last day is over when it begins',
    file: 'src/modules/campaigns/schedule.cpp',
    was: 'return due.minute ? beijing_instant(due.day, *due.minute) : beijing_day_end(due.day);',
    is: 'return due.minute ? beijing_instant(due.day, *due.minute) : beijing_instant(due.day, 0);',
    tests: 'Deadline.*',
  },
  {
    name: '3 a moved date leaves behind what hangs on it',
    file: 'src/modules/campaigns/schedule.cpp',
    was: 'auto ahead = calendar.add_workdays(due.day, -lead_workdays);',
    is: 'auto ahead = calendar.add_workdays(due.day, -lead_workdays - 1);',
    tests: 'Deadline.*',
  },
  {
    name: '3 a make-up day counts as rest',
    file: 'src/modules/campaigns/schedule.cpp',
    was: 'if (day.workday) return answer;',
    is: 'if (day.workday && weekday_of(answer.due->day) != Weekday::saturday) return answer;',
    tests: 'Deadline.*',
  },
  {
    name: '4 an empty form in time counts as in time',
    file: `${filings}hand_in.cpp`,
    was: 'if (!route.first_complete_at && !submission.empty && !submission.partial)',
    is: 'if (!route.first_complete_at)',
    tests: 'Filings.*/sqlite:LifeOfAMonth.*/sqlite',
  },
  {
    name: '5 the instant of the answer is taken for that of the receipt',
    file: `${filings}hand_in.cpp`,
    was: 'submission.received_at = work.received;',
    is: 'submission.received_at = work.now;',
    tests: 'FilingJourney.*/sqlite:Filings.*/sqlite',
  },
  {
    name: '6 a closed unit still owes',
    file: `${filings}issue.cpp`,
    was: ' || !open_on(reporter.organization_id, day)) continue;',
    is: ') continue;',
    tests: 'Issuing.*/sqlite:LifeOfAStructure.*/sqlite:Anchors.*/sqlite',
  },
  {
    name: '6 who does not owe is counted as owing',
    file: 'src/modules/totals/matrix.cpp',
    was: 'case Reading::not_applicable: window.not_applicable += routes; return;',
    is: 'case Reading::not_applicable: window.accepted += routes; break;',
    tests: 'Anchors.*/sqlite:LifeOfAStructure.*/sqlite:TotalsOnBoth.*/sqlite',
  },
  {
    name: '9 the second of two savers overwrites the first',
    file: `${filings}drafts.cpp`,
    was: 'if (present.version != version) return draft_changed(present);',
    is: '',
    also: { file: `${filings}store.cpp`, was: 'on conflict (filing_id) do nothing', is: 'on conflict (filing_id) do update set content = excluded.content' },
    tests: 'Anchors.five_hundred_*/sqlite:FilingJourney.*/sqlite',
  },
  {
    name: '9 a quota is asked and then passed',
    file: 'src/modules/items/items.cpp',
    was: 'month) >= *duty->part.quota->max)',
    is: 'month) > *duty->part.quota->max)',
    tests: 'Anchors.five_hundred_*/sqlite',
  },
  {
    name: '10 the many are accepted without the question asked of the one',
    file: `${filings}accept.cpp`,
    was: 'if (auto no = refuse_own_work(Deed::accept, work.actor.person_id, submission->submitted_by)) return *no;',
    is: '',
    tests: 'Filings.many_accepted_at_once_*/sqlite',
  },
  {
    name: '10 a second door takes a filing of another unit',
    file: `${filings}deed.cpp`,
    was: 'const auto seat = work.actor.organization_id == filing->organization_id ? Seat::filer : Seat::nobody;',
    is: 'const auto seat = Seat::filer;',
    tests: 'FilingJourney.*/sqlite:RightsMatrix.*/sqlite:Filings.*/sqlite',
  },
  {
    name: '12 two versions are authoritative at once',
    file: `${filings}vectors.cpp`,
    was: 'where filing_id = $1 and receiver_id = $2 and replaced_at is null',
    is: 'where filing_id = $1 and receiver_id = $2 and replaced_at is null and 1 = 0',
    tests: 'TotalsOnBoth.*/sqlite:LifeOfAMonth.*/sqlite',
  },
  {
    name: '13 an unlock without a reason',
    file: `${filings}rules.cpp`,
    was: 'case Deed::return_for_correction: case Deed::ask_amendment: case Deed::refuse_amendment: case Deed::excuse:',
    is: 'case Deed::ask_amendment: return false;\n        case Deed::return_for_correction: case Deed::refuse_amendment: case Deed::excuse:',
    tests: 'FilingRules.*:Filings.*/sqlite',
  },
  {
    name: '13 an amended total does not say restated',
    file: `${filings}accept.cpp`,
    was: 'route->restated = route->restated || route->accepted_submission_id.has_value();',
    is: '',
    tests: 'Filings.*/sqlite:TotalsOnBoth.*/sqlite',
  },
  {
    name: '16 the scope is asked and not heard',
    file: 'src/modules/organizations/scope.cpp',
    was: 'bool found = false;',
    is: 'bool found = true;',
    tests: 'RightsMatrix.*/sqlite:Organizations.*/sqlite',
  },
  {
    name: '19 nothing to report reads as a blank',
    file: 'src/modules/forms/totals.cpp',
    was: 'if (figure != nil) continue;',
    is: 'continue;',
    tests: 'Adding.*:Totals*.*:Evaluate.*:Anchors.*/sqlite:LifeOfAMonth.*/sqlite',
  },
  {
    name: '20 who has not begun is not named',
    file: 'src/modules/totals/matrix.cpp',
    was: "and r.state in ('expected', 'draft', 'withdrawn', 'returned'))sql\"",
    is: "and r.state in ('draft', 'withdrawn', 'returned'))sql\"",
    tests: 'TotalsOnBoth.*/sqlite:LifeOfAMonth.*/sqlite',
  },
  {
    name: '22 nothing of nothing is a hundred',
    file: 'src/modules/totals/matrix.cpp',
    was: 'if (whole <= 0) return "—";',
    is: 'if (whole <= 0) return "100.0";',
    tests: 'Rates.*',
  },
  {
    name: '22 halves are cut off',
    file: 'src/modules/totals/matrix.cpp',
    was: '(part * 2000 + whole) / (2 * whole)',
    is: '(part * 2000) / (2 * whole)',
    tests: 'Rates.*',
  },
  {
    name: '23 the failure is told to who caused it',
    file: 'src/platform/api/router.cpp',
    was: 'response = problem(500, "server.failed", request.id);',
    is: 'response = problem(500, failure.what(), request.id);',
    tests: 'EveryEndpoint.*/sqlite',
  },
  {
    name: '23 data may be taken for a page',
    file: 'src/platform/api/problem.cpp',
    was: 'headers.emplace_back("X-Content-Type-Options", "nosniff");',
    is: '',
    tests: 'EveryEndpoint.*/sqlite',
  },
  {
    name: '24 the picker forgets the scope',
    file: 'src/modules/organizations/reading.cpp',
    was: 'where.add(structure_filter(scope_of(actor, Matter::structure), "o.id", today, where.values));',
    is: '',
    tests: 'Organizations.*/sqlite:RightsLeaks.*/sqlite',
  },
];
