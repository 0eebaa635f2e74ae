"""P0. What the floor itself costs, and what of it is the portal's own middleware."""

from collections.abc import Iterator

from bench import bases
from bench.corrida import PISO, Corrida, persona
from bench.informe import Linea, exacto

TITULO = "El piso y el piso desnudo"


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(0):
        ciudadana = persona()
        piso = corrida.piso_de(ciudadana)
        serie = corrida.rondas({"desnudo": corrida.piso_desnudo_de(ciudadana)}, piso)["desnudo"]
        yield Linea("piso desnudo", "ms de procesador", serie.cpu_ms)
        yield Linea("piso desnudo", "veces el piso, peticiones/s", serie.ritmo_del_piso())
        yield Linea("piso", "consultas", exacto(corrida.navegador(ciudadana).consultas(PISO)))
