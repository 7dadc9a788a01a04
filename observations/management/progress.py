"""Progress on stderr: one line rewritten in a terminal, a line every quarter of the way in a log."""

from django.core.management.base import OutputWrapper

from observations.typography import french, number


class Counter:
    """Call it with what is counted, how many are done, and how many there are (0: not known)."""

    def __init__(self, stream: OutputWrapper, every: int = 25) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self.every = every

    def __call__(self, label: str, done: int, total: int) -> None:
        step = self.every if self.live or not total else max(total // 4, 1)
        if done % step and done != total:
            return
        of_all = f" sur {number(total)}" if total else ""
        ending = "\n" if done == total or not self.live else ""
        line = french(f"{label} : {number(done)}{of_all}")
        self.stream.write(("\r" if self.live else "") + line, style_func=str, ending=ending)
