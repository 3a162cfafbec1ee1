from grader.checks import CheckFailure
from grader.model.evidence import MaskEvidence


def test_a_failure_is_an_assertion_with_its_message_and_evidence() -> None:
    evidence = MaskEvidence(name="m", rows=1, columns=1, kept=(True,), kept_share=1.0, expected_share=0.5)
    failure = CheckFailure("the mask is all True", evidence=evidence)
    assert isinstance(failure, AssertionError)
    assert (str(failure), failure.message, failure.evidence) == ("the mask is all True",) * 2 + (evidence,)
    assert CheckFailure("nothing to draw").evidence is None
