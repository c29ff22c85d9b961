"""The rule set of Titilaca, as the house ships it."""

import tomllib
from pathlib import Path

import pytest
from django.utils import translation

from coop.rules.errors import BadValue, KeyTwice, UnknownKey, UnknownSet
from coop.rules.files import SETS, read_rule_set_file, read_shipped_set, shipped_sets
from coop.rules.labels import LABELS, spoken
from coop.rules.values import RuleValues, as_plain, read_values

#: Their sentences, letter by letter, as the Libro de Actas has them.
THEIR_WORDS = [
    "Queremos aprender a tejer mejor",
    "Queremos producir más y ganar un sueldo mejor",
    "Queremos ser las mejores tejedoras conocidas en el Perú e internacionalmente",
    "Tienen que ser del centro poblado Titilaca",
    "La mayoría tiene que estar de acuerdo a que entren",
    "Tienen que tener la habilidad de tejer",
    "Tienen que estar de acuerdo con metas y reglas",
    "(el ser miembro nuevo depende de pedidos)",
    "(nuevo miembro debe presentar carta)",
    "Todos se comprometen en cumplir con los pedidos con responsabilidad y a tiempo",
    "Ser puntuales",
    "El producto tiene que ser de calidad",
    "Todos tienen que asistir a las reuniones.",
    "Mayoría es 50% mas",
    "Todas las decisiones por mayoría",
    "En caso de emergencia Junta toma la decisión con los que están presentes",
    (
        "Cuando socia hace problemas y causa conflicto dos veces se disculpa, 3ra vez se saca de la"
        " asociación con acuerdo de mayoría"
    ),
    "Primera vez no cumplido con pedido a tiempo ya no puede entregar",
    "Segunda vez no entregado el pedido ya no pueden participar en la asociación",
    "Si avisa antes con tiempo, hay disculpa",
    "(si alguien se queda con el producto o la lana, expulsión inmediata)",
]


def test_every_sentence_of_the_minute_book_is_a_clause():
    texts = [clause.text_es for clause in read_shipped_set("titilaca_1").clauses]

    assert [text for text in texts if text] == THEIR_WORDS


def test_every_clause_has_headings_and_readings_in_both_languages():
    for clause in read_shipped_set("titilaca_1").clauses:
        assert clause.heading_es, clause.code
        assert clause.heading_en, clause.code
        assert clause.reading_es, clause.code
        assert clause.reading_en, clause.code


def test_what_they_left_open_is_read_as_the_house_says():
    values = read_shipped_set("titilaca_1").values

    assert values.places == ("Titilaca",)
    assert values.majority_basis == "present"
    assert values.quorum_percent == 0
    assert values.notice_days == 2
    assert values.no_new_work_days == 0
    assert values.emergency_needs_ratifying is False
    assert values.conflicts_excused == 2
    assert values.strikes_until_expulsion_vote == 2
    assert values.kept_confirmations == 2
    assert values.fines is False
    assert values.absences_sanction is False
    assert values.review_months == 6
    assert values.intake_days == 90
    assert values.pay_shortfall == "oldest_first"
    assert values.leaving_formula == "equal"
    assert values.open_book_pay == "by_order"
    assert values.names_in_explanations is False


def test_the_file_writes_out_every_parameter():
    raw = tomllib.loads((SETS / "titilaca_1.toml").read_text(encoding="utf-8"))
    written = {key for one in raw["clause"] for key in one.get("parameters", {})}

    assert written == set(RuleValues.model_fields)


def test_a_set_is_found_by_its_name_and_no_other():
    assert shipped_sets() == ["titilaca_1"]
    assert read_shipped_set("titilaca-1") == read_shipped_set("titilaca_1")
    with pytest.raises(UnknownSet, match="elsewhere"):
        read_shipped_set("elsewhere")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_parameter_can_be_read_out(language: str):
    plain = as_plain(read_shipped_set("titilaca_1").values)

    with translation.override(language):
        for key, value in plain.items():
            assert LABELS[key]
            assert spoken(key, value)


def test_values_are_frozen():
    values = read_shipped_set("titilaca_1").values

    with pytest.raises(ValueError, match="frozen"):
        values.notice_days = 5


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notice_days", -1),
        ("notice_days", "2"),
        ("notice_days", True),
        ("majority_basis", "everyone"),
        ("places", []),
        ("fines", 1),
        ("wool_tolerance_percent", 2.5),
        ("kept_confirmations", 1),
    ],
)
def test_a_wrong_value_is_refused_by_its_key(key: str, value: object):
    with pytest.raises(BadValue, match=key):
        read_values({"places": ["Titilaca"], key: value})


def test_an_unknown_key_is_refused_by_its_name():
    with pytest.raises(UnknownKey, match="notise_days"):
        read_values({"places": ["Titilaca"], "notise_days": 2})


def test_a_parameter_stands_under_one_clause_only(tmp_path: Path):
    clause = (
        '[[clause]]\ncode = "{code}"\nheading_es = "x"\nheading_en = "x"\n[clause.parameters]\n'
    )
    file = tmp_path / "twice.toml"
    file.write_text(
        'name = "x"\nversion = 1\n'
        + clause.format(code="a")
        + "notice_days = 2\n"
        + clause.format(code="b")
        + "notice_days = 3\n",
        encoding="utf-8",
    )

    with pytest.raises(KeyTwice, match="notice_days"):
        read_rule_set_file(file)
