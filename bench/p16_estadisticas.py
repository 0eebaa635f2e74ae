"""P16. The statistics page, of thirteen weeks and of two years, as Gestiones grow."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.utils import timezone

from bench import bases
from bench.corrida import Corrida, persona
from bench.informe import Linea, Meta, exacto, pendiente
from cuentas.models import Usuario
from tramites.acciones.cerrar_dias import cerrar_dias

TITULO = "Las estadísticas"


def medir(corrida: Corrida) -> Iterator[Linea]:
    hoy = timezone.localdate()
    anios = f"?desde={hoy - timedelta(days=729):%d-%m-%Y}&hasta={hoy:%d-%m-%Y}"
    paginas = {"trece semanas": "/revision/estadisticas/", "dos años": f"/revision/estadisticas/{anios}"}
    puntos: dict[str, list[tuple[float, float]]] = {caso: [] for caso in paginas}
    for tamano in corrida.tamanos:
        with bases.con(tamano):
            cerrar_dias(hoy=hoy)  # as its task does each night
            jefa = persona(Usuario.Papel.JEFATURA)
            navegador = corrida.navegador(jefa)
            casos = {caso: partial(navegador.pedir, ruta) for caso, ruta in paginas.items()}
            for caso, serie in corrida.rondas(casos, corrida.piso_de(jefa)).items():
                sobre_el_piso = Linea(
                    f"{caso}, {tamano:,}",
                    "veces el piso, en la pared",
                    serie.pared_sobre_piso(),
                    Meta(a_lo_mas=5),
                )
                yield sobre_el_piso
                puntos[caso].append((tamano, serie.pared_ms.mediana))
            yield Linea(f"{tamano:,}", "consultas", exacto(navegador.consultas(paginas["dos años"])))
    for caso, medidas in puntos.items():
        yield Linea(caso, "pendiente log-log", exacto(round(pendiente(medidas), 3)), Meta(a_lo_mas=0.04))
