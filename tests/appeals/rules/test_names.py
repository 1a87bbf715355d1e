"""When two names are alike."""

import pytest

from appeals.rules.names import fold, folded, is_on_record


@pytest.mark.parametrize(
    ("name", "other"),
    [
        pytest.param("Example Ltd", "EXAMPLE LTD", id="case"),
        pytest.param("Straße", "STRASSE", id="case that changes length"),
        pytest.param("Ｅｘａｍｐｌｅ", "Example", id="full width"),
        pytest.param("ｶﾌﾞｼｷ", "カブシキ", id="half width"),
        pytest.param("Example  Ltd", " ExampleLtd ", id="spaces"),
        pytest.param("示例　公司", "示例公司", id="an ideographic space"),
        pytest.param("Example\u200b Ltd", "Example Ltd", id="zero width"),
        pytest.param("Example\tLtd\n", "Example Ltd", id="tabs and line ends"),
        pytest.param("Example Co., Ltd.", "Example Co Ltd", id="punctuation"),
        pytest.param("示例（深圳）有限公司", "示例(深圳)有限公司", id="brackets"),
        pytest.param("A·B—C_D", "ABCD", id="dots and dashes"),
    ],
)
def test_alike(name, other):
    assert is_on_record(name, folded(["Somebody else", other]))
    assert is_on_record(other, folded([name]))


@pytest.mark.parametrize(
    ("name", "record"),
    [
        pytest.param("Example", [], id="nothing on record"),
        pytest.param("Example", ["Example Ltd"], id="a part"),
        pytest.param("Example Ltd", ["Example"], id="a longer one"),
        pytest.param("示例甲", ["示例乙"], id="another character"),
        pytest.param("Müller", ["Muller"], id="an accent"),
        pytest.param("A+B", ["AB"], id="a symbol"),
        pytest.param("3", ["8"], id="another digit"),
        pytest.param("——", ["——"], id="punctuation alone"),
        pytest.param("Example", ["", " "], id="blank records"),
    ],
)
def test_not_alike(name, record):
    assert not is_on_record(name, folded(record))


def test_folding_twice_changes_nothing():
    assert fold(fold("Ｅxample （Ltd）．")) == fold("Ｅxample （Ltd）．") == "exampleltd"
