"""What matching refuses is found again by its English sentence, as matching knows no language."""

from __future__ import annotations

import pyarrow as pa
import pytest
from django.utils.translation import override

from cdp.sentences import translated
from unify.matching import MatchModel, NotEnoughData, UntrainedLevel, calibrate
from unify.matching import Verdict as Said
from unify.matching.training import train


def in_thai(error: Exception) -> str:
    with override("th"):
        return translated(str(error))


def test_too_few_records_are_told_in_thai() -> None:
    with pytest.raises(NotEnoughData) as caught:
        train(pa.table({"id": ["1", "2"]}))
    assert "น้อยเกินกว่าจะเรียนรู้ได้" in in_thai(caught.value)


def test_too_few_and_contradicting_verdicts_are_told_in_thai() -> None:
    with pytest.raises(NotEnoughData) as caught:
        calibrate([Said(weight=1.0, has_conflict=False, is_same=True)])
    assert "คำตัดสิน 1 ครั้ง" in in_thai(caught.value)
    contradicting = [Said(weight=float(n % 40), has_conflict=False, is_same=n % 40 < 20) for n in range(400)]
    with pytest.raises(NotEnoughData) as caught:
        calibrate(contradicting)
    assert "คำตัดสินขัดกับน้ำหนัก" in in_thai(caught.value)


def test_levels_without_weights_are_told_in_thai() -> None:
    with pytest.raises(UntrainedLevel) as caught:
        _untrained().validate_trained()
    assert "ไม่ได้เรียนรู้ค่า m หรือ u ของ" in in_thai(caught.value)


def _untrained() -> MatchModel:
    model = MatchModel.shipped(1000)
    first, *others = model.comparisons
    levels = [one.model_copy(update={"m_probability": None}) for one in first.comparison_levels]
    without = first.model_copy(update={"comparison_levels": tuple(levels)})
    return model.model_copy(update={"comparisons": (without, *others)})
