"""P14. What a web worker weighs and how long it takes to begin, beside a bare Django."""

import time
from collections.abc import Iterator

from django.urls import reverse

from bench import bases
from bench.corrida import Corrida, persona
from bench.informe import Linea, Meta, exacto
from bench.rondas import Reparto
from bench.servidor import DEL_PORTAL, latencias, servidor

TITULO = "La huella de un proceso web"
DESNUDO = ("--worker-class", "gthread", "--threads", "8", "bench.pares.desnudo:application")
VECES = 5


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(0):
        navegador = corrida.navegador(persona())
        arranques: dict[str, list[float]] = {"portal": [], "desnudo": []}
        uss: dict[str, list[float]] = {"portal": [], "desnudo": []}
        for _ in range(VECES):
            for cual, orden, ruta in (("desnudo", DESNUDO, "/"), ("portal", DEL_PORTAL, "/salud/viva/")):
                inicio = time.monotonic()
                with servidor(orden, ruta) as este:
                    arranques[cual].append(time.monotonic() - inicio)
                    latencias(este, navegador, ruta, 1)
                    uss[cual].append(este.megas_de("Uss"))
        yield Linea("arranque", "veces Django solo", _veces(arranques), Meta(a_lo_mas=2))
        yield Linea("memoria propia", "veces Django solo", _veces(uss), Meta(a_lo_mas=1.5))
        yield Linea("memoria propia", "MB", Reparto.de(uss["portal"]))
        with servidor() as este:
            tablero, total = reverse("tablero"), 10_000 if corrida.completo else 2_000
            latencias(este, navegador, tablero, 5)
            antes, hechas = este.megas_de("Uss"), 0
            while hechas < total:
                hechas += len(latencias(este, navegador, tablero, 5))
            yield Linea(
                f"{hechas:,} páginas",
                "MB que crece",
                exacto(round(este.megas_de("Uss") - antes, 1)),
                Meta(a_lo_mas=5),
            )


def _veces(medidas: dict[str, list[float]]) -> Reparto:
    return Reparto.de(p / d for p, d in zip(medidas["portal"], medidas["desnudo"], strict=True))
