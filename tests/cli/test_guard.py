import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from activelabel.cli.guard import run
from activelabel.cli.signals import ending_signals_raise
from activelabel.errors import BadData, ProjectLocked, WrongUse

ROOT = Path(__file__).parents[2]
AS_IT_WAS = "hint: nothing that was saved is lost; see to it and run the command again"


def raising(error):
    def start():
        raise error

    return start


def outcome(start, capsys):
    code = run(start)
    return code, capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("error", "code"),
    [(WrongUse("no such", "try other"), 2), (BadData("bad", "mend it"), 1), (ProjectLocked("open", "wait"), 1)],
)
def test_an_expected_failure_is_two_lines_and_the_code_of_its_class(error, code, capsys):
    assert outcome(raising(error), capsys) == (code, [f"error: {error}", f"hint: {error.hint}"])


def test_a_failure_without_a_hint_is_one_line(capsys):
    assert outcome(raising(BadData("bad")), capsys) == (1, ["error: bad"])


def test_what_an_error_quotes_is_made_safe(capsys):
    lines = outcome(raising(BadData("bad: '\x1b]0;x\x07\n[/red]'", "hint \u202e")), capsys)[1]

    assert lines == ["error: bad: '␛]0;x␇ [/red]'", "hint: hint <U+202E>"]


@pytest.mark.parametrize(("result", "code"), [(None, 0), (0, 0), (3, 3)])
def test_a_program_that_ends_by_itself_has_its_own_code(result, code):
    assert run(lambda: result) == code


def test_an_exit_keeps_its_code():
    assert run(raising(SystemExit(4))) == 4


def test_ctrl_c_is_one_line(capsys):
    assert outcome(raising(KeyboardInterrupt()), capsys) == (130, ["stopped by Ctrl-C"])


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_is_one_line_and_its_code(number, code, capsys):
    def start():
        os.kill(os.getpid(), number)
        signal.pause()

    assert outcome(start, capsys) == (code, [f"stopped by {number.name}"])


def test_a_second_signal_does_not_cut_the_way_out_short():
    left = []

    def start():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            left.append("saved")

    assert run(start) == 143
    assert left == ["saved"]


def test_signals_are_obeyed_as_before_after_the_block():
    before = signal.getsignal(signal.SIGTERM)
    with ending_signals_raise():
        during = signal.getsignal(signal.SIGTERM)

    assert during != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_an_environment_that_fails_is_no_bug(capsys):
    assert outcome(raising(FileNotFoundError(2, "No such file or directory", "a\x1b.csv")), capsys) == (
        1,
        ["error: No such file or directory: a␛.csv", AS_IT_WAS],
    )


@pytest.mark.parametrize(("number", "advice"), [(28, "free some space"), (13, "see who may"), (30, "see who may")])
def test_what_to_do_follows_from_what_the_system_says(number, advice, capsys):
    lines = outcome(raising(OSError(number, os.strerror(number), "a.csv")), capsys)[1]

    assert lines[0] == f"error: {os.strerror(number)}: a.csv"
    assert lines[1].startswith(f"hint: {advice}")


def test_a_bug_names_a_log_with_the_trace_and_nothing_a_terminal_obeys(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code, lines = outcome(raising(ValueError("odd \x1b[2J")), capsys)
    (log,) = tmp_path.iterdir()

    assert code == 70
    assert lines[0] == "error: this is a bug of activelabel: ValueError: odd ␛[2J"
    assert str(log) in lines[1]
    assert "Traceback" in log.read_text("utf-8")
    assert "\x1b" not in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_wrong_use_of_an_option_is_told_in_the_same_two_lines(capsys):
    app = typer.Typer()

    @app.command()
    def label(limit: int = 3) -> None:
        raise AssertionError

    code, lines = outcome(lambda: app(["--limit", "x\x1b"], standalone_mode=False), capsys)

    assert code == 2
    assert lines[0].startswith("error: Invalid value for '--limit'")
    assert lines[1].startswith("hint: see ")
    assert "\x1b" not in "".join(lines)


def in_a_process(code, **streams):
    script = f"import sys\nfrom activelabel.cli.guard import run\ndef start():\n    {code}\nsys.exit(run(start))"
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.PIPE, check=False, **streams)


def test_a_full_standard_output_is_two_lines():
    with open("/dev/full", "w") as full:
        ended = in_a_process("print('x')", stdout=full)

    assert ended.returncode == 1
    assert ended.stderr.startswith(b"error: No space left on device: standard output\nhint: free some space")
    assert ended.stderr.count(b"\n") == 2


def test_a_closed_pipe_is_quiet():
    reader, writer = os.pipe()
    os.close(reader)
    ended = in_a_process("print('x' * 100_000)", stdout=writer)
    os.close(writer)

    assert (ended.returncode, ended.stderr) == (1, b"")


def test_a_closed_standard_output_fails_what_has_something_to_print():
    script = "from activelabel.cli.guard import run; import sys; sys.exit(run(lambda: print(1)))"
    ended = subprocess.run(
        f"{sys.executable} -c '{script}' >&-", shell=True, cwd=ROOT, stderr=subprocess.PIPE, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith(b"error: closed, with something left to print: standard output\nhint: ")


def test_no_file_ever_gets_the_number_of_a_closed_standard_stream():
    script = "from activelabel.cli.guard import run; import sys; sys.exit(run(lambda: open('/dev/null').fileno()))"
    ended = subprocess.run(f'{sys.executable} -c "{script}" <&- >&-', shell=True, cwd=ROOT, check=False)

    assert ended.returncode > 2


def test_a_closed_standard_error_does_not_hide_the_code():
    script = "import sys; from activelabel.cli.guard import run; sys.exit(run(lambda: 1 / 0))"
    ended = subprocess.run(f"{sys.executable} -c '{script}' 2>&-", shell=True, cwd=ROOT, check=False)

    assert ended.returncode == 70


def test_an_interrupt_that_python_would_die_of_is_still_the_code_130():
    # heard inside exec(), which named tuples are made by, it makes Python end by the signal whatever catches it
    script = "import os, signal, sys\nsys.argv[1:] = ['demo']\nfrom activelabel.cli import app\n"
    script += "def demo(*a, **k):\n    exec('os.kill(os.getpid(), signal.SIGINT); signal.pause()')\n"
    script += "app.app = demo\nfrom activelabel.__main__ import main\nmain()"
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)

    assert (ended.returncode, ended.stderr) == (130, b"stopped by Ctrl-C\n")
