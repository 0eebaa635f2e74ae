"""The same page over bases of several sizes, in the same rounds: what a list costs as it grows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench import bases
from bench.corrida import Corrida
from bench.informe import Linea, Meta, exacto, pendiente
from bench.navegador import Navegador
from bench.rondas import Llamada, Serie
from cuentas.models import Usuario

ANALISTA = "analista1@demo.gt"
# Who opens a list in the base in use, and at which address.
Pagina = Callable[[Corrida], tuple[Navegador, str]]


@dataclass
class Crecimiento:
    """Pages, and their peers, timed in every size; ask for figures once `medir` is over."""

    corrida: Corrida
    series: dict[tuple[str, int], Serie] = field(default_factory=dict)
    abiertas: dict[tuple[str, int], tuple[Navegador, str]] = field(default_factory=dict)

    @property
    def menor(self) -> int:
        return self.corrida.tamanos[0]

    @property
    def mayor(self) -> int:
        return self.corrida.tamanos[-1]

    def medir(self, paginas: dict[str, Pagina], pares: dict[str, Pagina]) -> None:
        """The pages in every size; the peers, which are slow, only where there is most."""
        for tamano in self.corrida.tamanos:
            todas = paginas | pares if tamano == self.mayor else paginas
            with bases.con(tamano):
                for caso, abrir in todas.items():
                    self.abiertas[caso, tamano] = abrir(self.corrida)
        with bases.con(self.menor):
            piso = _en(self.menor, self.corrida.piso_de(analista()))
            claves = {f"{caso}|{tamano}": (caso, tamano) for caso, tamano in self.abiertas}
            casos = {nombre: self._llamada(*clave) for nombre, clave in claves.items()}
            series = self.corrida.rondas(casos, piso)
        self.series = {claves[nombre]: serie for nombre, serie in series.items()}

    def _llamada(self, caso: str, tamano: int) -> Llamada:
        navegador, ruta = self.abiertas[caso, tamano]
        return _en(tamano, lambda: navegador.pedir(ruta))

    def de(self, caso: str, tamano: int | None = None) -> Serie:
        """What it took; where there is most, if not said."""
        return self.series[caso, tamano or self.mayor]

    def lineas(
        self, caso: str, *, crece: float, cuesta: float | None, inclina: float, consultas: int | None
    ) -> Iterator[Linea]:
        """How it grows, at most; what it costs over the floor; and its queries and blocks."""
        mayor, menor = self.de(caso), self.de(caso, self.menor)
        entre = f"p95 con {self.mayor:,} sobre con {self.menor:,}"
        yield Linea(caso, entre, mayor.p95_sobre(menor), Meta(a_lo_mas=crece))
        meta = Meta(a_lo_mas=cuesta) if cuesta else None
        yield Linea(caso, "veces el piso, en la pared", mayor.pared_sobre_piso(), meta)
        puntos = [(float(t), self.de(caso, t).pared_ms.mediana) for t in self.corrida.tamanos]
        yield Linea(caso, "pendiente log-log", exacto(round(pendiente(puntos), 3)), Meta(a_lo_mas=inclina))
        a_lo_mas = Meta(a_lo_mas=consultas) if consultas else None
        yield Linea(caso, "consultas", exacto(self._consultas(caso)), a_lo_mas)
        yield Linea(caso, "bloques leídos en cada tamaño", "; ".join(self._bloques(caso)))

    def contra(self, caso: str, par: str) -> Linea:
        """How many times faster than its peer: the target is that of a million."""
        meta = Meta(al_menos=15) if self.corrida.completo else None
        veces = self.de(caso).veces(self.de(par), pared=True)
        return Linea(caso, "veces más rápida que el admin", veces, meta)

    def _consultas(self, caso: str) -> int:
        navegador, ruta = self.abiertas[caso, self.mayor]
        with bases.con(self.mayor):
            return navegador.consultas(ruta)

    def _bloques(self, caso: str) -> Iterator[str]:
        for tamano in self.corrida.tamanos:
            navegador, ruta = self.abiertas[caso, tamano]
            with bases.con(tamano):
                yield f"{navegador.bloques(ruta):,}"


def analista() -> Usuario:
    """The one of the demonstration, who has a part of what was generated, in the base in use."""
    return Usuario.objects.get(email=ANALISTA)


def _en(tamano: int, llamada: Llamada) -> Llamada:
    def en_su_base() -> object:
        bases.usar(tamano)
        return llamada()

    return en_su_base
