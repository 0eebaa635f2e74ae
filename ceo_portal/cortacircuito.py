"""Redis may be away, frozen or emptied: whoever serves a page finds out once, not at each call."""

import threading
import time

PAUSA_S = 5.0
# For whoever serves a page: a Redis of the same network answers in a millisecond.
ESPERA_S = 0.5


class Cortacircuito:
    """A circuit breaker: after a failure nobody calls for PAUSA_S; then one tries, the rest go on without.

    One a process, shared by its threads, for all that the process asks of Redis: the cache and the queue.
    """

    def __init__(self, pausa_s: float = PAUSA_S) -> None:
        self._pausa_s = pausa_s
        self._hasta: float | None = None
        self._candado = threading.Lock()

    def deja_pasar(self) -> bool:
        """Whether to call: always, but for the pause; whoever comes first after it is the one that tries."""
        with self._candado:
            if self._hasta is None:
                return True
            if time.monotonic() < self._hasta:
                return False
            self._hasta = time.monotonic() + self._pausa_s
            return True

    def cortar(self) -> bool:
        """It failed: begin the pause. Whether it was news, for whoever logs it."""
        with self._candado:
            noticia = self._hasta is None
            self._hasta = time.monotonic() + self._pausa_s
            return noticia

    def restablecer(self) -> None:
        """It answered."""
        if self._hasta is not None:
            with self._candado:
                self._hasta = None


REDIS = Cortacircuito()
