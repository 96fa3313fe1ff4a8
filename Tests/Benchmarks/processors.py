"""Which processor to run on: those of a shared machine are slowed by their neighbours, each at times of its own."""

import math
import os
import resource
import subprocess
import time

STANDS = 2  # s: how long a choice is kept
MOST = 4    # processors that are tried


class Processors:
    """Keeps what is started on the processor that was the quickest with a short command."""

    def __init__(self, probe):
        self.probe = probe
        self.candidates = sorted(os.sched_getaffinity(0))[:MOST]
        self.chosen = -math.inf

    def choose(self):
        """Processes inherit the choice, whatever program they are: every one is moved alike."""
        if len(self.candidates) > 1 and time.monotonic() > self.chosen + STANDS:
            os.sched_setaffinity(0, {min(self.candidates, key=self.seconds_on)})
            self.chosen = time.monotonic()

    def seconds_on(self, processor):
        os.sched_setaffinity(0, {processor})
        return min(self.seconds() for _ in range(2))

    def seconds(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(self.probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
