"""P11. Archiving by lots, beside the SQL that writes the same rows and beside one Gestión after another."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

from django.db import connection, transaction

from bench import bases
from bench.corrida import Corrida
from bench.informe import Linea, Meta, exacto
from bench.rondas import Reparto
from tests.tramites.reloj import ARCHIVADO, a_las
from tramites.acciones import archivar
from tramites.models import Gestion

TITULO = "Archivar por lotes"
VENCIDAS = (Path(__file__).parent / "sql" / "vencidas.sql").read_text()
CRUDO = (Path(__file__).parent / "sql" / "archivar.sql").read_text()
DE_UNA_EN_UNA = 60
AHORA = a_las(ARCHIVADO)


class Frente:
    """Where the run stands: whoever takes the next lot begins there."""

    def __init__(self) -> None:
        self.tras: tuple[date, int] = (date.min, 0)

    def portal(self) -> int:
        """A lot by the action; how many rows."""
        lote = archivar._archivar_lote(ARCHIVADO, AHORA, self.tras)
        if lote:
            self.tras = lote[-1].archivar_el, lote[-1].numero
        return len(lote)

    def crudo(self) -> int:
        """A lot by one statement, which knows all that it writes."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(CRUDO, {"desde": self.tras[1], "lote": archivar.LOTE, "ahora": AHORA})
            ultimo, cuantas = cursor.fetchone()
        if cuantas:
            self.tras = ARCHIVADO, ultimo
        return cuantas

    def bucle(self) -> int:
        """One after another, each in its transaction: what a loop of `save()` costs."""
        numeros = list(
            Gestion.objects.filter(pk__gt=self.tras[1], archivar_el=ARCHIVADO).values_list("pk", flat=True)[
                :DE_UNA_EN_UNA
            ]
        )
        for numero in numeros:
            archivar.archivar(numero=numero, hoy=ARCHIVADO, ahora=AHORA)
        if numeros:
            self.tras = ARCHIVADO, numeros[-1]
        return len(numeros)


def medir(corrida: Corrida) -> Iterator[Linea]:
    coste = []
    for tamano in corrida.tamanos:
        with bases.propia(f"archivo_{tamano}"):
            with connection.cursor() as cursor:
                cursor.execute(VENCIDAS.replace(":filas", str(tamano)))
                cursor.execute("ANALYZE")
            portal, crudo, bucle = _por_turnos(Frente())
        caso = f"{tamano:,} vencidas"
        razones = [p[0] / c[0] for p, c in zip(portal, crudo, strict=True)]
        coste.append(median(us for us, _ in portal))
        yield Linea(caso, "coste sobre SQL crudo", Reparto.de(razones), Meta(a_lo_mas=1.25))
        veces = Reparto.de(median(bucle) / us for us, _ in portal)
        yield Linea(caso, "veces más rápido que de una en una", veces, Meta(al_menos=60))
        yield Linea(caso, "µs por fila", Reparto.de(us for us, _ in portal))
        yield Linea(caso, "ms el lote", Reparto.de(1000 * s for _, s in portal), Meta(a_lo_mas=100))
    yield Linea(
        "la mayor sobre la anterior", "µs por fila", exacto(coste[-1] / coste[-2]), Meta(a_lo_mas=1.25)
    )


Vuelta = tuple[float, float]


def _por_turnos(frente: Frente) -> tuple[list[Vuelta], list[Vuelta], list[float]]:
    """Lots of each in turn until all is archived: (µs a row, seconds a lot); and µs a row one by one."""
    for calentar in (frente.portal, frente.crudo, frente.bucle):
        calentar()
    bucle = [_cronometrar(frente.bucle)[0] for _ in range(3)]
    portal: list[Vuelta] = []
    crudo: list[Vuelta] = []
    while True:
        turno = [(portal, frente.portal), (crudo, frente.crudo)]
        vueltas = [(serie, _cronometrar(lote)) for serie, lote in turno[:: -1 if len(portal) % 2 else 1]]
        if not all(us for _, (us, _) in vueltas):
            return portal, crudo, bucle
        for serie, vuelta in vueltas:
            serie.append(vuelta)


def _cronometrar(lote: Callable[[], int]) -> Vuelta:
    """µs a row, 0 if it was not a whole lot, and seconds."""
    inicio = time.perf_counter()
    cuantas = lote()
    segundos = time.perf_counter() - inicio
    entero = cuantas in (archivar.LOTE, DE_UNA_EN_UNA)
    return (1e6 * segundos / cuantas if entero else 0.0), segundos
