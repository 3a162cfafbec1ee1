"""Whether an assignment's files belong together: stubs, references, checks, misconceptions, alternatives."""

import ast
import doctest

from grader.course import stub_of
from grader.harness.catalogue import alternative_paths
from grader.harness.proof import ProofMaterial
from grader.model.assignment import Assignment

ALTERNATIVES_OF_A_MODULE = 4


def test_a_stub_is_the_reference_without_its_solution(assignment: Assignment) -> None:
    for module in assignment.modules:
        reference = assignment.solution_folder / f"{module}.py"
        stub = (assignment.folder / f"{module}.py").read_text(encoding="utf-8")
        assert stub == stub_of(reference.read_text(encoding="utf-8"), reference.name), f"{module}.py"


def test_a_stub_asks_for_every_question_of_its_module_and_for_nothing_else(assignment: Assignment) -> None:
    """A question is one function, or a class whose methods are asked for."""
    for module in assignment.modules:
        stub = ast.parse((assignment.folder / f"{module}.py").read_text(encoding="utf-8"))
        asked = {
            node.name
            for node in stub.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and "raise NotImplementedError" in ast.unparse(node)
        }
        assert asked == {question.id for question in assignment.questions if question.module == module}


def test_assignments_and_solutions_hold_the_same_modules(assignment: Assignment) -> None:
    modules = {f"{module}.py" for module in assignment.modules}
    checks = {f"test_{module}" for module in modules}
    for folder, expected in (
        (assignment.folder, modules),
        (assignment.solution_folder, modules),
        (assignment.folder / "checks", checks),
        (assignment.solution_folder / "misconceptions", modules),
    ):
        assert {path.name for path in folder.glob("*.py")} == expected, folder.name


def test_every_module_has_right_solutions_written_differently(assignment: Assignment) -> None:
    modules = list(alternative_paths(assignment).values())
    for module in assignment.modules:
        assert modules.count(module) >= ALTERNATIVES_OF_A_MODULE, module


def test_every_question_has_a_worked_example_and_all_examples_are_true(material: ProofMaterial) -> None:
    with_example = set()
    runner = doctest.DocTestRunner(verbose=False)
    for name, module in material.solution.modules.items():
        for example in doctest.DocTestFinder().find(module, name, module=False, globs=dict(vars(module))):
            report: list[str] = []
            assert runner.run(example, out=report.append).failed == 0, "".join(report)
            if example.examples:
                with_example.add(example.name)
    assert {f"{question.module}.{question.id}" for question in material.assignment.questions} <= with_example
