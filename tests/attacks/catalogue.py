"""The attacks, by the rows of the catalogue in `.dev/isolation.md`: each is an honest submission with one payload."""

from textwrap import indent

from grader.model.result import Outcome
from tests.attacks.arena import ATTACKED, Attack

_MODULE = frozenset({"scale_forward", ATTACKED})
"""What an attacker may lose whose module does not load, or does not survive its own tricks."""
_ANY = frozenset(Outcome) - {Outcome.PASSED}
_CRASHED = frozenset({Outcome.CRASHED})
_ERRORED = frozenset({Outcome.ERRORED})
_REJECTED = frozenset({Outcome.REJECTED})
_TIMED_OUT = frozenset({Outcome.TIMED_OUT})


def _returning(row: int, expression: str, ends: frozenset[Outcome] = frozenset({Outcome.FAILED})) -> Attack:
    return Attack(
        rows=(row,),
        title=f"return {expression}",
        payload=f"def cheat(dout, cache):\n    return {expression}",
        ends=ends,
    )


def _doing(rows: tuple[int, ...], title: str, body: str, ends: frozenset[Outcome] = _ANY) -> Attack:
    """Run `body` inside the attacked function, which then gives up."""
    payload = f"def cheat(dout, cache):\n{indent(body.strip(), '    ')}\n    return give_up(dout)"
    return Attack(rows=rows, title=title, payload=payload, ends=ends)


def _trying(row: int, title: str, *actions: str) -> Attack:
    """Try what must be refused; each action is an expression."""
    lines = "\n".join(f"    attempt(lambda: {action})" for action in actions)
    payload = f"import fcntl, signal, socket, subprocess\ndef cheat(dout, cache):\n{lines}\n    return give_up(dout)"
    return Attack(rows=(row,), title=title, payload=payload, is_refused=True)


SEARCHES = (
    _doing(
        (1, 5),
        "walk the frames for an expected value",
        """
frame = sys._getframe()
while frame is not None:
    for scope in (frame.f_locals, frame.f_globals):
        for name in ("want", "wanted", "expected", "reference", "solution"):
            if name in scope:
                return scope[name]
    frame = frame.f_back
""",
    ),
    _doing(
        (2, 19),
        "import the reference",
        """
import importlib.util
sys.path[:0] = [COURSE + "/solutions/small", COURSE + "/solutions", COURSE]
sys.path_importer_cache.clear()
for name in ("solution", "solutions.small.scale", "reference", "test_scale", "grader.harness", "grader.checks"):
    try:
        return importlib.import_module(name).scale_backward(dout, cache)
    except ImportError:
        print("REFUSED")
spec = importlib.util.spec_from_file_location("theirs", COURSE + "/solutions/small/scale.py")
module = importlib.util.module_from_spec(spec)
attempt(spec.loader.exec_module, module)
""",
    ),
    _doing(
        (3, 5),
        "search the heap for a function or an array of the right shape",
        """
import gc, types
for item in gc.get_objects():
    if type(item) is types.FunctionType and item.__name__ == "scale_backward" and item is not scale_backward:
        return item(dout, cache)
for item in gc.get_objects():
    if type(item) in (list, tuple, dict):
        for value in item.values() if type(item) is dict else item:
            if type(value) is np.ndarray and value.shape == dout.shape and not np.array_equal(value, dout):
                return value
""",
    ),
    _trying(
        4,
        "read the course and list it",
        "open(COURSE + '/solutions/small/scale.py').read()",
        "open(COURSE + '/solutions/small/checks/test_hidden.py').read()",
        "open(COURSE + '/assignments/small/checks/test_scale.py').read()",
        "os.listdir(COURSE)",
        "os.open(COURSE + '/solutions', os.O_PATH | os.O_RDWR)",
        "open(OUTSIDE + '/answers.py').read()",
        "open('/etc/passwd').read()",
    ),
    Attack(
        rows=(9,),
        title="keep what was seen and replay it",
        payload="seen = []\ndef cheat(dout, cache):\n    seen.append(dout * 2)\n    return seen[0]",
    ),
    _doing(
        (29, 58),
        "print what can be found: environment, descriptors, arguments",
        """
print("TOKEN" in " ".join(os.environ), sys.argv, sys.orig_argv[1:])
for number in range(4, 200):
    try:
        os.fstat(number)
    except OSError:
        continue
    print("DONE: descriptor", number)
attempt(os.listdir, "/proc/self/fd")
attempt(lambda: open("/proc/self/environ").read())
""",
    ),
)

_PATCHES = {
    (10,): "np.testing.assert_allclose = np.allclose = np.array_equal = np.any = np.all = lambda *a, **k: True",
    (11,): "for name in ('pytest', 'unittest', 'doctest', '_pytest'):\n    sys.modules[name] = None",
    (12,): """
for name in list(sys.modules):
    if "grader" in name:
        for key in list(vars(sys.modules[name])):
            if key.endswith(("Answer", "Result", "Failure")):
                setattr(sys.modules[name], key, None)
""",
    (8,): "import scale\nscale.scale_forward = scale_forward = lambda x, factor=2.0: (x, 1.0)",
    (13,): "import IPython\nIPython.get_ipython().set_custom_exc((Exception,), lambda *a: None)",
    (38,): "np.random.default_rng = np.random.seed = np.random.normal = lambda *a, **k: None",
    (39,): """
import warnings
np.seterr(all="raise"); np.set_printoptions(precision=1); warnings.simplefilter("error")
sys.stdout = sys.stderr = None
""",
    (40,): "sys.setrecursionlimit(45)",
    (16,): "os.read = os.write = os.readv = os._exit = print = lambda *a: b''",
    (24,): "import atexit\natexit.register(lambda: open(OUTSIDE + '/answers.py', 'w').write('x'))",
    (43,): "import signal\nfor n in (1, 2, 10, 14, 15):\n    signal.signal(n, signal.SIG_IGN)\nsignal.setitimer(0, 0)",
}
PATCHES = tuple(
    Attack(
        rows=rows,
        title=f"patch, when the module is loaded: {patch.strip().splitlines()[0]}",
        payload=f"{patch}\n\ndef cheat(dout, cache):\n    return dout + 0",
        ends=_ANY,
        costs=_MODULE,
    )
    for rows, patch in _PATCHES.items()
)

_CONVERSATION = "next(item for item in gc.get_objects() if type(item).__name__ == 'Conversation')"
PROTOCOL = (
    Attack(
        rows=(6,),
        title="fill the returned array from a profile hook",
        payload="""
kept = np.zeros((3, 4))
def hook(frame, event, argument):
    if event == "return" and frame.f_code.co_name == "cheat":
        kept[:] += 1
def cheat(dout, cache):
    sys.setprofile(hook)
    return kept
""",
        ends=_ANY,
    ),
    Attack(
        rows=(7,),
        title="return a view and change it in the next call",
        payload="kept = np.zeros((3, 4))\ndef cheat(dout, cache):\n    kept[:] = dout\n    return kept[:]",
    ),
    _doing(
        (15,),
        "rewrite the worker's frames",
        """
frame = sys._getframe()
while frame is not None:
    for key in list(frame.f_globals):
        if key.startswith("_") and not key.startswith("__"):
            frame.f_globals[key] = None
    frame = frame.f_back
""",
    ),
    _doing(
        (27,),
        "junk on every descriptor",
        """
for number in range(3, 64):
    try:
        os.write(number, b"junk" * 100)
    except OSError:
        pass
""",
        _CRASHED,
    ),
    *(
        _doing(
            (28,),
            f"a frame that promises {what}",
            f"os.write(3, struct.pack('<4sQIIQ', b'grd1', 1, {header}))",
            _CRASHED,
        )
        for what, header in {
            "4 GB of header": "2**32 - 1, 0, 0",
            "4 billion buffers": "15, 2**32 - 1, 0",
            "16 EB of buffers": "15, 1, 2**64 - 1",
        }.items()
    ),
    *(
        _doing(
            (27,),
            f"answer in the worker's place: {title}",
            f"import gc\nfrom grader.wire import messages\nline = {_CONVERSATION}\n"
            f"line._send(line._number, messages.{answer})\nos._exit(0)",
        )
        for title, answer in {
            "an error of another name": "ErrorAnswer(('AssignmentError', 'GraderError'), 'x' * 100_000, ())",
            "the grader's own errors": "ErrorAnswer(('KeyboardInterrupt', 'SystemExit', 'BaseException'), '', ())",
            "an error without classes": "ErrorAnswer((), '', ())",
            "frames of other files": (
                "ErrorAnswer(('E',), 'm', (messages.FrameRecord('/etc/passwd', -5, '<script>', 'code\\x1b[2J'),) * 500)"
            ),
            "not loaded": "LoadAnswer((messages.LoadFailure('coins', messages.ErrorAnswer(('E',), '', ())),))",
            "a missing function": "MissingAnswer('coins', 'coin_mask', ('a' * 10_000,) * 100)",
            "a rejected value": "RejectedAnswer('\\u202e' * 1000, '[0]' * 1000, '::error::')",
            "ready once more": "ReadyReport({'seccomp': 'on'})",
            "a batch": "BatchAnswer(())",
        }.items()
    ),
    _doing((26,), "send a pickle", "import pickle\nos.write(3, pickle.dumps({'points': 100}) * 20)", _CRASHED),
)

PRETENCES = (
    _returning(30, "type('Equal', (), {'__eq__': lambda *_: True, '__class__': np.ndarray})()", _REJECTED),
    _returning(30, "type('Equal', (float,), {'__eq__': lambda *_: True, '__sub__': lambda *_: 0.0})(1)", _REJECTED),
    _returning(31, "dout.view(type('Lying', (np.ndarray,), {'__sub__': lambda *_: 0.0}))", _REJECTED),
    _returning(31, "np.asmatrix(dout)", _REJECTED),
    _returning(
        32, "np.array([type('Equal', (), {'__eq__': lambda *_: True})()] * 12, object).reshape(3, 4)", _REJECTED
    ),
    _returning(33, "np.ma.masked_all((3, 4))", _REJECTED),
    _returning(34, "dout * np.nan"),
    _returning(34, "dout * np.inf"),
    _returning(34, "np.where(np.arange(12).reshape(3, 4) < 11, np.nan, 3 * dout)"),
    _returning(35, "float('nan')"),
    _returning(35, "np.float64(0)"),
    _returning(35, "dout[:1, :1]"),
    _returning(35, "dout[None]"),
    _returning(36, "dout.astype(complex) * 1j"),
    _returning(36, "dout.astype(np.float16)"),
    _returning(36, "dout > 0"),
    _returning(36, "dout.astype(np.uint8)"),
    _returning(36, "10 ** 5000"),
    _returning(36, "np.full((3, 4), 1.7e308)"),
    _returning(36, "'\\ud800' * 5", _REJECTED),
    _doing((37,), "change the inputs to suit the answer", "dout[:] = 0", frozenset({Outcome.FAILED})),
    _doing(
        (37,),
        "change the shared state of the array passed in",
        "dout.shape = (12,)\ndout.dtype = np.int64\ndout = dout.reshape(3, 4)",
    ),
)

ENDINGS = (
    _doing((21,), "os._exit(0)", "os._exit(0)", _CRASHED),
    *(
        _doing((22,), f"raise {error}", f"raise {error}", _ERRORED)
        for error in (
            "SystemExit(0)",
            "KeyboardInterrupt",
            "GeneratorExit",
            "type('Skipped', (BaseException,), {'__module__': 'pytest'})('skip')",
            "type('Exit', (Exception,), {})('all passed')",
            "AssertionError('\\x1b[2J::error::')",
            "StopIteration",
        )
    ),
    _doing((45,), "segmentation fault", "ctypes.string_at(0)", _CRASHED),
    _doing((45,), "abort", "os.abort()", _CRASHED),
    _doing((53,), "close every descriptor", "os.closerange(0, 1000)", _CRASHED),
    _doing((53,), "print into the line to the grader", "os.dup2(3, 1)\nprint('x' * 10_000, flush=True)", _CRASHED),
    _doing((47,), "50 GB of numpy", "np.ones(50 << 27)", _CRASHED),
    _doing((47,), "a list without end", "kept = []\nwhile True:\n    kept.append([0] * 10**6)", _CRASHED),
    _doing((49,), "a flood of output", "while True:\n    print('x' * 100_000)", _CRASHED),
    _doing((50,), "return far too much", "return [np.ones(30 << 20)] * 4"),
    _doing((50,), "return a deep list", "deep = []\nfor _ in range(100_000):\n    deep = [deep]\nreturn deep"),
    _doing((50,), "return a list within itself", "deep = []\ndeep.append(deep)\nreturn deep"),
    _doing((50,), "return a million entries", "return {str(i): i for i in range(10**6)}"),
    _doing((51,), "return keys that collide", "return {i << 40: 0.0 for i in range(100_000)}"),
    Attack(
        rows=(22,),
        title="leave while the module is loaded",
        payload="raise SystemExit(0)\ndef cheat(dout, cache): ...",
        ends=_ERRORED,
        costs=_MODULE,
    ),
    Attack(
        rows=(21,),
        title="end the process while the module is loaded",
        payload="os._exit(0)\ndef cheat(dout, cache): ...",
        ends=_CRASHED | {Outcome.ERRORED},
        costs=_MODULE,
    ),
    Attack(
        rows=(69,),
        title="a text that cannot be compiled",
        payload="x = " + "(" * 5000 + ")" * 5000,
        ends=_ANY,
        costs=_MODULE,
    ),
    Attack(
        rows=(69,),
        title="a text that needs a deep stack to be compiled",
        payload="x = " + "-" * 100_000 + "1\ndef cheat(dout, cache): ...",
        ends=_ANY,
        costs=_MODULE,
    ),
    *(
        Attack(
            rows=(42, 44),
            title=f"never return: {body}",
            payload=f"import time\ndef cheat(dout, cache):\n    {body}",
            ends=_TIMED_OUT,
            hangs=True,
        )
        for body in ("while True: pass", "10 ** 10 ** 9", "time.sleep(10**6)", "input(os.read(3, 1))")
    ),
    Attack(
        rows=(43,),
        title="swallow every exception and signal",
        payload="""
import signal
def cheat(dout, cache):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    while True:
        try:
            while True: pass
        except BaseException:
            pass
""",
        ends=_ANY,
        hangs=True,
    ),
    Attack(
        rows=(46,),
        title="fall for ever",
        payload="""
def fall(n):
    return fall(n + 1) + 1
def cheat(dout, cache):
    sys.setrecursionlimit(10**8)
    return fall(0)
""",
        ends=_ANY,
        hangs=True,
    ),
    Attack(
        rows=(42,),
        title="never finish loading",
        payload="while True: pass\ndef cheat(dout, cache): ...",
        ends=_ANY,
        hangs=True,
        costs=_MODULE,
    ),
    Attack(
        rows=(41,),
        title="right first, another later",
        payload="""
calls = []
def cheat(dout, cache):
    calls.append(1)
    return dout * (3.0 if len(calls) > 1 else 1.0)
""",
    ),
)

SYSTEM = (
    _doing(
        (14, 48),
        "leave a thread behind",
        """
import threading
try:
    threading.Thread(target=print).start()
except RuntimeError as error:
    print("REFUSED", error)
""",
    ),
    _trying(48, "fork", "os.fork()", "os.forkpty()", "system_call(56, 17, 0, 0, 0, 0)"),
    _trying(
        25,
        "leave a process that rewrites the course later",
        "subprocess.Popen(['/bin/sh', '-c', 'sleep 1; rm -rf ' + COURSE], start_new_session=True)",
        "os.posix_spawn('/bin/sh', ['sh', '-c', 'sleep 1'], {})",
    ),
    _trying(
        20,
        "overwrite and delete the checks and the reference",
        "open(COURSE + '/assignments/small/checks/test_scale.py', 'w').write('')",
        "os.remove(COURSE + '/assignments/small/checks/test_scale.py')",
        "os.truncate(COURSE + '/solutions/small/scale.py', 0)",
        "os.open(COURSE + '/solutions/small/scale.py', os.O_RDONLY | os.O_TRUNC)",
        "os.rename(COURSE, COURSE + '-gone')",
        "os.chmod(COURSE, 0o777)",
    ),
    _trying(
        17,
        "put a plugin and a configuration where pytest looks",
        "open(COURSE + '/conftest.py', 'w').write('')",
        "open(COURSE + '/assignments/small/checks/conftest.py', 'w').write('')",
        "open(COURSE + '/pytest.ini', 'w').write('')",
    ),
    _trying(
        23,
        "write the result",
        "open('results.json', 'w').write('{}')",
        "open('/autograder/results/results.json', 'w').write('{}')",
        "open(OUTSIDE + '/results.json', 'w').write('{}')",
    ),
    _trying(
        52,
        "fill the disk",
        "open('/tmp/' + MARK, 'wb').write(bytes(1 << 20))",
        "open('/dev/shm/' + MARK, 'wb').write(bytes(1 << 20))",
        "open('/var/tmp/' + MARK, 'wb').write(bytes(1 << 20))",
        "os.mkfifo(OUTSIDE + '/fifo')",
        "os.symlink('/etc/passwd', OUTSIDE + '/link')",
        "os.mkdir(OUTSIDE + '/folder')",
    ),
    _trying(
        54,
        "hurt the grader",
        "os.kill(GRADER, signal.SIGUSR1)",
        "os.kill(os.getppid(), signal.SIGKILL)",
        "os.kill(-1, signal.SIGTERM)",
        "fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, GRADER)",
        "fcntl.fcntl(os.pipe()[0], 10, signal.SIGUSR1)",
        "fcntl.fcntl(3, fcntl.F_SETOWN, GRADER)",
        "system_call(101, 16, GRADER, 0, 0)",
        "system_call(302, GRADER, 7, struct.pack('QQ', 3, 3), 0)",
        "os.setpriority(os.PRIO_PROCESS, GRADER, 19)",
        "os.sched_setaffinity(GRADER, {0})",
        "os.pidfd_open(GRADER)",
    ),
    _trying(
        55,
        "read the grader's memory and environment",
        "open(f'/proc/{GRADER}/mem', 'rb').read(1)",
        "open(f'/proc/{GRADER}/environ', 'rb').read()",
        "open(f'/proc/{os.getppid()}/maps').read()",
        "system_call(310, GRADER, struct.pack('QQ', 0, 0), ctypes.c_ulong(1), 0, ctypes.c_ulong(0), ctypes.c_ulong(0))",
    ),
    _trying(
        56,
        "open a connection",
        *(
            f"socket.socket(socket.{family}, socket.{kind})"
            for family in ("AF_INET", "AF_INET6", "AF_UNIX")
            for kind in ("SOCK_STREAM", "SOCK_DGRAM")
        ),
        "socket.create_connection(('127.0.0.1', 80), 1)",
        "socket.socketpair()",
    ),
    _trying(
        57,
        "use the kernel's back doors",
        "os.execv('/bin/true', ['true'])",
        "subprocess.run(['/bin/true'])",
        "system_call(425, 8, ctypes.create_string_buffer(120))",
        "system_call(321, 0, ctypes.create_string_buffer(120), 120)",
        "system_call(250, 0, -3, 0)",
        "system_call(319, b'x', 0)",
        "system_call(272, 0x10000000)",
        "system_call(29, 0x5B5B, 4096, 0o1666)",
    ),
    _doing(
        (57,),
        "enter the kernel as another architecture: int 0x80",
        """
import mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
""",
        _CRASHED,
    ),
    _doing((57,), "enter the kernel as another architecture: x32", "system_call(0x40000000 + 39)", _CRASHED),
)

CALLBACKS = (
    _doing(
        (8,),
        "call the lent reference until it gives up",
        "while True:\n    scale_forward(dout, 2.0)",
        _CRASHED | _TIMED_OUT,
    ),
    _doing(
        (8, 50),
        "hand junk to the lent reference",
        """
for junk in (None, "x", {}, [], lambda: 1, np.ones((1, 2, 3)), 10**400, -1, float("nan"), dout[:0]):
    try:
        scale_forward(junk, junk)
    except BaseException as error:
        print(type(error).__name__)
scale_forward(dout, nonsense=1)
""",
    ),
    _doing(
        (8,),
        "ask the reference with the right factor, to see what it multiplies",
        "return scale_forward(np.ones_like(dout), 1.0)[0]",
        frozenset({Outcome.FAILED}),
    ),
)

TWO_FACED = """
asked = False

def scale_forward(x, factor=2.0):
    return (5 * x, factor) if asked else (factor * x, factor)

def cheat(dout, cache):
    global asked
    asked = True
    return 5 * dout
"""
"""A gradient that is right for a forward pass which is another one as soon as the gradient was asked for."""

ATTACKS = (*SEARCHES, *PATCHES, *PROTOCOL, *PRETENCES, *ENDINGS, *SYSTEM, *CALLBACKS)
