"""What a benchmark is handed: how big the run is, the floor, and the rounds."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bench.navegador import Navegador, aplicacion
from bench.rondas import RONDAS, Llamada, Serie, rondas
from cuentas.models import Usuario
from tests.fabricas import cui

PISO = "/bench/piso/"
CUIS = {marca: cui(600_000 + n) for n, marca in enumerate(("ciudadana", *Usuario.Papel.values))}


@dataclass
class Corrida:
    """`completo` asks for the million."""

    completo: bool = False
    n_rondas: int | None = None

    @property
    def tamanos(self) -> tuple[int, ...]:
        """How many Gestiones a list is tried with, from few to many."""
        return (10_000, 100_000, 1_000_000) if self.completo else (10_000, 100_000)

    def rondas(self, casos: dict[str, Llamada], piso: Llamada, **opciones: Any) -> dict[str, Serie]:
        """See `bench.rondas.rondas`; never fewer than seven."""
        return rondas(casos, piso, n=max(7, self.n_rondas or RONDAS), **opciones)

    @cached_property
    def app(self) -> Any:
        """The portal's WSGI application, loaded once."""
        return aplicacion()

    def navegador(self, usuario: Any) -> Navegador:
        """That person's browser, signed in at the database in use."""
        return Navegador(usuario, app=self.app)

    def piso_de(self, usuario: Any) -> Llamada:
        """The floor as that person would see it, with the portal's own middleware."""
        navegador = self.navegador(usuario)
        return lambda: navegador.pedir(PISO)

    def piso_desnudo_de(self, usuario: Any) -> Llamada:
        """The same view with Django's session and person alone."""
        navegador = Navegador(usuario, app=aplicacion(desnuda=True))
        return lambda: navegador.pedir(PISO)


def persona(papel: str = "") -> Usuario:
    """Somebody invented: of ONSEC's staff with a role, without one a citizen."""
    marca = papel or "ciudadana"
    datos = {
        "email": f"{marca}@bench.example",
        "primer_nombre": "ANA",
        "primer_apellido": "BATZ",
        "cui": CUIS[marca],
    }
    if usuario := Usuario.objects.filter(email=datos["email"]).first():
        return usuario
    if papel:
        return Usuario.objects.crear_personal(papel=papel, password=None, **datos)
    return Usuario.objects.crear_ciudadano(password=None, **datos)
