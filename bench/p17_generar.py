"""P17. `generar_gestiones`: how fast a base is filled, with its stories played, indexes, keys and figures."""

from collections.abc import Iterator

from bench import bases
from bench.corrida import Corrida
from bench.informe import Linea, Meta, exacto, pendiente

TITULO = "Generar Gestiones"


def medir(corrida: Corrida) -> Iterator[Linea]:
    puntos = []
    for tamano in corrida.tamanos:
        with bases.con(tamano):
            pass
        meta = Meta(al_menos=20_000) if tamano == corrida.tamanos[-1] else None
        yield Linea(f"{tamano:,}", "Gestiones por segundo", exacto(tamano / bases.segundos[tamano]), meta)
        puntos.append((float(tamano), bases.segundos[tamano]))
    # Below 1: what does not depend on how many, like playing the stories, is shared by more.
    yield Linea("todas", "pendiente log-log del tiempo", exacto(round(pendiente(puntos), 3)))
