import os
import subprocess
import sys

import pytest

from glassnet.tutorials.figures import figures_in_files

DRAWING = """
from pathlib import Path
import matplotlib.pyplot as plt
for curve in ([1, 2, 3], [3, 1]):
    plt.figure()
    plt.plot(curve)
{show}
print(plt.get_fignums())
"""


def test_show_writes_each_figure_and_says_where(run, folder):
    ran = run(DRAWING.format(show="plt.show()"), name="curves.py")
    assert ran.err == "Figure 1 is in curves-figure-1.png\nFigure 2 is in curves-figure-2.png\n"
    assert ran.out == "[]\n"  # as if both windows had been closed
    for number in (1, 2):
        assert (folder / f"curves-figure-{number}.png").read_bytes().startswith(b"\x89PNG")


def test_no_file_is_overwritten(run, folder):
    (folder / "script-figure-1.png").write_bytes(b"mine")
    assert run("import pylab; pylab.plot([1]); pylab.show()").err == "Figure 1 is in script-figure-2.png\n"
    assert (folder / "script-figure-1.png").read_bytes() == b"mine"


def test_a_figure_that_is_shown_again_keeps_its_file(run, folder):
    shows = (
        "plt.show(block=False)\n"
        "plt.figure(1)\n"
        "first = Path('script-figure-1.png').read_bytes()\n"
        "plt.plot([9])\n"
        "plt.pause(0.001)\n"
        "print(first != Path('script-figure-1.png').read_bytes())"
    )
    ran = run(DRAWING.format(show=shows))
    assert ran.err == "Figure 1 is in script-figure-1.png\nFigure 2 is in script-figure-2.png\n"
    assert ran.out == "True\n[1, 2]\n"
    assert sorted(os.listdir(folder)) == ["script-figure-1.png", "script-figure-2.png", "script.py"]


def test_a_back_end_that_needs_a_display_gets_a_hint(run):
    ran = run("import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\nplt.figure()\n")
    assert ran.code == 1
    assert "script.py: There is no display here. Leave that line out, and figures go to files." in ran.said


def test_a_figure_that_is_not_shown_is_not_written(run, folder):
    ran = run("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig('own.png')\n")
    assert (ran.err, sorted(os.listdir(folder))) == ("", ["own.png", "script.py"])


@pytest.mark.parametrize(
    ("name", "value"), [("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0"), ("MPLBACKEND", "svg")]
)
def test_a_display_and_a_chosen_back_end_are_left_alone(folder, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    before = {**os.environ}
    with figures_in_files():
        assert {**os.environ} == before


def test_the_back_end_is_the_one_before(run):
    import matplotlib

    for before in ("svg", "agg"):
        matplotlib.use(before)
        assert run("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\n").code == 0
        assert matplotlib.get_backend() == before


def test_matplotlib_is_not_imported_for_a_script_that_does_not_draw(folder):
    (folder / "script.py").write_text("import sys\nprint('matplotlib' in sys.modules)\n")
    code = "from pathlib import Path; from glassnet.tutorials import run_script; run_script(Path('script.py'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False\n"
