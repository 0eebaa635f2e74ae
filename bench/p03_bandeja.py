"""P3. The desk's queue, each view and filter of it, as Gestiones grow; beside Django's admin list."""

from collections.abc import Iterator
from functools import partial

from bench.corrida import Corrida, persona
from bench.informe import Linea
from bench.listas import Crecimiento, analista
from bench.navegador import Navegador
from cuentas.models import Usuario
from mesa.consultas.bandeja import Pestana

TITULO = "La bandeja"
ADMIN = "/bench/admin/tramites/gestion/"
FILTROS = {
    "Todas, con observaciones": "vista=todas&estado=OBSERVADA",
    "Todas, 20 días hábiles o más": "vista=todas&dias=20",
    "Todas, las más recientes": "vista=todas&orden=recientes",
}


def medir(corrida: Corrida) -> Iterator[Linea]:
    vistas = {p.rotulo: f"vista={p.clave}" for p in Pestana} | FILTROS
    lista = Crecimiento(corrida)
    lista.medir(
        {caso: partial(_de_la_mesa, vista=vista) for caso, vista in vistas.items()},
        {"admin": lambda corrida: (corrida.navegador(persona(Usuario.Papel.ADMINISTRACION)), ADMIN)},
    )
    for caso in vistas:
        yield from lista.lineas(caso, crece=1.2, cuesta=3, inclina=0.04, consultas=5)
        yield lista.contra(caso, "admin")
    yield Linea("admin", "veces el piso, en la pared", lista.de("admin").pared_sobre_piso())


def _de_la_mesa(corrida: Corrida, *, vista: str) -> tuple[Navegador, str]:
    return corrida.navegador(analista()), f"/revision/?{vista}"
