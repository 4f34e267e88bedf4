"""XLSForm expressions give what a form would give, and hostile ones are refused."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.protocol.conditions import ConditionError, compile_condition

ANSWERS = {
    "unit": "bsk",
    "bodies": ["council", "scbf", {"other": "a working group"}],
    "years": 7,
    "share": {"low": 10, "high": 15, "estimate": True},
    "joined": "2001-06-30",
    "founded": "1951",
    "rank": [["b"], ["a", "c"]],
    "grid": {"x": 3, "y": None},
    "else_": {"other": "mine"},
    "none": [],
}


def holds(expression: str, answers=ANSWERS) -> bool:
    return compile_condition(expression).evaluate(answers, datetime.date(2005, 3, 1))


@pytest.mark.parametrize(
    "expression",
    [
        "${unit} = 'bsk'",
        "${unit} != 'geneva'",
        "selected(${bodies}, 'council')",
        "not(selected(${bodies}, 'coun'))",
        "selected(${bodies}, 'other')",
        "selected(${unit}, 'bsk')",
        "count-selected(${bodies}) = 3",
        "count-selected(${none}) = 0",
        "count-selected(${missing}) = 0",
        "selected-at(${bodies}, 1) = 'scbf'",
        "selected-at(${bodies}, 9) = ''",
        "${years} > 5 and not(selected(${bodies}, 'y'))",
        "${years} >= 7 and ${years} <= 7 and ${years} = '7'",
        "${years} + 1 = 8 and ${years} * 2 - 4 = 10 and ${years} div 2 = 3.5 and ${years} mod 4 = 3",
        "1 + 2 * 3 = 7",
        "(1 + 2) * 3 = 9",
        "-${years} < 0",
        "1 - -1 = 2",
        "${share} = 12.5",
        "${joined} < today()",
        "${joined} > date('2001-06-29')",
        "${joined} + 1 = date('2001-07-01')",
        "today() = date('2005-03-01')",
        "${founded} < ${joined}",
        "${founded} > 1950",
        "if(${unit} = 'bsk', 1, 2) = 1",
        "coalesce(${missing}, ${unit}) = 'bsk'",
        "coalesce(${unit}, ${missing}) = 'bsk'",
        "string-length(${unit}) = 3",
        "string-length(${missing}) = 0",
        "concat(${unit}, '-', 1) = 'bsk-1'",
        "contains(${unit}, 's') and starts-with(${unit}, 'b') and ends-with(${unit}, 'k')",
        "substr(${unit}, 1) = 'sk' and substr(${unit}, 0, 1) = 'b' and substr(${unit}, -1) = 'k'",
        "regex(${unit}, '[a-z]{3}')",
        "not(regex(${unit}, '[a-z]'))",
        "round(2.5) = 3 and round(2.345, 2) = 2.35 and int(2.9) = 2 and abs(-2) = 2",
        "sum(1, 2, 3) = 6 and min(3, 1) = 1 and max(3, ${missing}) = 3",
        "count-non-empty(${unit}, ${missing}) = 1",
        "number('2') = 2 and string(2) = '2' and boolean(1) and true() and not(false())",
        "${rank} = 'b a c'",
        "${grid} = 'x'",
        "${else_} = 'other'",
        "normalize-space('  a  b ') = 'a b'",
        '  ${  unit  } = "bsk"  ',
    ],
)
def test_what_a_form_would_find_true(expression):
    assert holds(expression)


@pytest.mark.parametrize(
    "expression",
    [
        # As the documentation of ODK and the XPath recommendation give them.
        "pow(2, 10) = 1024 and pow(4, 0.5) = 2 and pow(2, -1) = 0.5",
        "exp(0) = 1 and round(exp(1), 5) = 2.71828 and exp10(3) = 1000",
        "log(1) = 0 and round(log(10), 5) = 2.30259 and log10(1000) = 3 and round(pi(), 5) = 3.14159",
        "sqrt(144) = 12 and string(sqrt(-1)) = ''",
        "log(0) < -1000000 and string(log(-1)) = '' and pow(0, -1) > 1000000 and exp(1000) > 1000000",
        "pow(-10, 999) < -1000000 and pow(-10, 1000) > 1000000 and string(pow(-8, 0.5)) = ''",
        "string(sqrt(${missing})) = '' and string(pow(${unit}, 2)) = ''",
        "translate('bar', 'abc', 'ABC') = 'BAr' and translate('--aaa--', 'abc-', 'ABC') = 'AAA'",
        "substring-before('1999/04/01', '/') = '1999' and substring-after('1999/04/01', '/') = '04/01'",
        "substring-before('1999', '/') = '' and substring-after('1999', '/') = ''",
        "substring-before('/a', '/') = '' and substring-before('a', '') = ''",
        "join(', ', ${unit}, 1, 'x') = 'bsk, 1, x'",
        "count(${unit}) = 1 and count(${unit}, ${missing}) = 2",
        "once(${unit}) = 'bsk' and once(3) + 1 = 4",
        "boolean-from-string('true') and boolean-from-string('1') and boolean-from-string(1)",
        "not(boolean-from-string('0')) and not(boolean-from-string('yes')) and not(boolean-from-string(''))",
        "format-date('2005-03-01', '%Y %y %m %n %b %d %e %a') = '2005 05 03 3 Mar 01 1 Tue'",
        "format-date(${joined}, '%Y-%m') = '2001-06' and format-date(${missing}, '%Y') = ''",
        "format-date(${founded}, '%d/%m/%Y') = '01/01/1951' and format-date(0, '%Y') = '1970'",
        "format-date-time('2005-03-01T09:05:07', '%e.%n. %H:%h:%M:%S.%3') = '1.3. 09:9:05:07.000'",
        "now() >= today() and now() < today() + 1 and format-date-time(now(), '%H:%M') = '00:00'",
        "decimal-date-time('1970-01-02T12:00:00') = 1.5",
    ],
)
def test_functions_of_forms_give_what_their_documentation_says(expression):
    assert holds(expression)


def test_now_is_the_time_of_day_where_no_day_is_given():
    condition = compile_condition("now() >= today() and now() < today() + 1 and string-length(now()) = 19")
    assert condition.evaluate({})


@pytest.mark.parametrize(
    "expression",
    [
        "${missing} > 5",
        "${missing} < 5",
        "${missing} = 5",
        "${missing} = 0",
        "'' > 5",
        "${unit} > 5",
        "${missing} > date('2000-01-01')",
        "${missing}",
        "${missing} + 1",
        "1 div 0 < 5",
        "0 div 0 = 0",
        "5 mod 0 = 0",
        "'a' < 'b'",
        "number('1e5') = 100000",
        "regex(${missing}, 'a+')",
    ],
)
def test_an_answer_that_is_not_given_compares_as_empty(expression):
    assert not holds(expression)
    assert holds("${missing} = ''")


@pytest.mark.parametrize(
    ("expression", "said", "column"),
    [
        ("", "empty", 1),
        ("${x", "name an item as ${item}", 1),
        ("${X} = 1", "is no item id", 1),
        ("unit = 'bsk'", "write ${unit} for an item", 1),
        ("${x} = bsk", "'bsk' for a choice", 8),
        ("slected(${x}, 'a')", 'did you mean "selected"?', 1),
        ("selected(${x})", "too few or too many arguments", 1),
        ("(${x} = 1", "parentheses do not match", 9),
        ("${x} = 'a", "a quote is not closed", 8),
        ("${x} = ‘a’", "write straight quotes", 8),
        ("${x} ${y}", "is missing or too many", 6),
        ("${x} && ${y}", "write `and`", 6),
        ("${x} and", "is missing or too many", 6),
        ("and", "needs a value on both sides", 1),
        ("* = 3", "needs a value on both sides", 1),
        ("/data/x = 1", "paths are not read", 1),
        (". > 3", "the current value", 1),
        ("regex(${x}, '(a+)+$')", "repeat single characters only", 13),
        ("regex(${x}, '(a?)?b')", "repeat single characters only", 13),
        ("regex(${x}, 'a?a?a?a?aaaa')", "repeat single characters only", 13),
        ("regex(${x}, '(a|a)(a|a)(a|a)b')", "choose with | in one place only", 13),
        ("regex(${x}, '(a*)\\1')", "named again", 13),
        ("regex(${x}, ${y})", "write the pattern as text", 1),
    ],
)
def test_a_slip_is_told_in_a_form_writers_words(expression, said, column):
    with pytest.raises(ConditionError) as caught:
        compile_condition(expression)
    assert said in caught.value.message
    assert caught.value.column == column
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "(" * 300 + "1" + ")" * 300,
        "not(" * 400 + "1" + ")" * 400,
        "1" + " + 1" * 400,
        "-" * 1_500 + "1",
        "a" * 3_000,
        "'" + "a" * 5_000_000 + "'",
    ],
)
def test_hostile_expressions_are_refused(expression):
    with pytest.raises(ConditionError):
        compile_condition(expression)


def test_the_largest_permitted_expressions_work():
    assert compile_condition("not(" * 40 + "1" + ")" * 40).evaluate({})
    assert compile_condition("1" + " + 1" * 149 + " = 150").evaluate({})


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[A-Z]{2,3}-[0-9]+", "CIC-03"),
        ("(yes|no|perhaps)", "perhaps"),
        (r"[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,4}", "a.b+c@iom.int"),
        (r"\(x\)\|[)*|(+?]*", "(x)|)*|(+?"),
    ],
)
def test_patterns_that_forms_use_are_read(pattern, text):
    condition = compile_condition(f"regex(${{x}}, '{pattern}')")
    assert condition.evaluate({"x": text})
    assert not condition.evaluate({"x": f"{text}!"})


@pytest.mark.parametrize("digits", [308, 309, 900])
def test_a_number_of_very_many_digits_is_beyond_all_others(digits):
    number = "9" * digits
    assert compile_condition(f"{number} > ${{x}} and {number} + 1 > ${{x}}").evaluate({"x": 10})
    assert compile_condition(f"not(not({number})) and string(-{number}) != ''").evaluate({})


def test_names_literals_and_functions_are_known():
    condition = compile_condition("selected(${a}, 'x') and ${b} > 2.5")
    assert condition.names == {"a", "b"}
    assert condition.literals == {"x", "2.5"}
    assert {"selected"} <= condition.functions


def test_remembered_results_do_not_mix_up_values_that_are_equal_in_python():
    condition = compile_condition("${x} = 'true'")
    assert not condition.evaluate({"x": "false"})
    assert condition.evaluate({"x": "true"})
    assert not condition.evaluate({"x": 1})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
HARD = compile_condition(
    "selected(${x}, ${y}) or ${x} > ${y} or ${x} = ${y} or ${x} + ${y} mod 3 = int(${x})"
    " or round(${x}, ${y}) = 1 or substr(${x}, ${y}) = selected-at(${x}, ${y}) or date(${x}) < date(${y})"
    " or regex(${x}, 'a*b+')"
    " or pow(${x}, ${y}) = exp(${x}) or log(${x}) = sqrt(${y}) or translate(${x}, ${y}, ${x}) = log10(${y})"
    " or format-date-time(${x}, ${y}) = join(${x}, ${y}, 1) or substring-before(${x}, ${y}) = exp10(${x})"
    " or boolean-from-string(${x}) or once(${x}) = count(${y}) or format-date(${y}, '%Y') = ${x}"
    " or sum(${x}, ${y}) = max(${x}, ${y}) or string(${x}) = concat(${y}, 1) or ${x} div ${y} = 1"
)


@given(JSON, JSON)
def test_no_value_makes_a_condition_raise(first, second):
    assert HARD.evaluate({"x": first, "y": second}) in (True, False)


@given(st.text(max_size=60) | st.text(alphabet="(){}$xy'\"=<>!+-*/., andorif0123456789", max_size=60))
def test_any_text_is_a_condition_or_a_condition_error(text):
    try:
        compile_condition(text).evaluate({"x": 1})
    except ConditionError:
        return


@given(st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_comparisons_agree_with_arithmetic(left, right):
    answers = {"a": left, "b": right}
    assert compile_condition("${a} < ${b}").evaluate(answers) == (left < right)
    assert compile_condition("${a} = ${b}").evaluate(answers) == (left == right)
    assert compile_condition("${a} - ${b} >= 0").evaluate(answers) == (left >= right)


@given(st.dates(), st.dates())
def test_dates_compare_as_days(first, second):
    answers = {"a": first.isoformat(), "b": second.isoformat()}
    assert compile_condition("${a} < ${b}").evaluate(answers) == (first < second)
    expected = (second - first).days
    assert compile_condition(f"${{b}} - ${{a}} = {expected}").evaluate(answers)


def test_elementpaths_own_parser_stays_as_it_was():
    compile_condition("1 = 1")
    from elementpath.xpath1 import XPath1Parser

    from fieldkit.protocol.xpath import XLSFormParser

    assert "selected" in XLSFormParser.symbol_table
    assert "selected" not in XPath1Parser.symbol_table
    assert XLSFormParser.symbol_table["="] is not XPath1Parser.symbol_table["="]
    assert XPath1Parser.symbol_table["="].evaluate is not XLSFormParser.symbol_table["="].evaluate
