"""What a student's plotting code gets."""

from grader.model.submission import ModuleSource
from grader.sandbox import Call, TrustedWorker

TEXT = """
import matplotlib
import matplotlib.pyplot as plt
from matplotlib.pyplot import plot, show
from IPython.display import display
import seaborn as sns

plt.rcParams["figure.figsize"] = (5, 4)
sns.set_theme()

def f(x):
    figure, axes = plt.subplots()
    axes[0].plot(x).set_label("x")
    with plt.style.context("dark"):
        show(display(plot(x)))
    return x + 1
"""


def test_code_that_plots_runs_and_shows_nothing() -> None:
    with TrustedWorker() as worker:
        worker.load([ModuleSource(module="m", filename="m.py", text=TEXT)])
        assert worker.call(Call(function="m.f", args=(1,))).value == 2


def test_a_module_that_the_student_called_like_such_a_package_is_the_student_s() -> None:
    with TrustedWorker() as worker:
        worker.load(
            [
                ModuleSource(module="seaborn", filename="seaborn.py", text="def f(x): return x\n"),
                ModuleSource(module="m", filename="m.py", text="from seaborn import f\n"),
            ]
        )
        assert worker.call(Call(function="m.f", args=(1,))).value == 1
