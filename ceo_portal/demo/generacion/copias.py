"""Copies of the moulds: each for a person, on its own days, with its digests and its links of the chain."""

import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from itertools import accumulate, islice
from typing import Any

from django.conf import settings
from django.db.models import Model

from bitacora.models import Sello
from cuentas.models import Usuario
from tramites.habiles import Calendario
from tramites.models import Gestion
from tramites.plazo import archivar_el

from .filas import DE_LA_PERSONA
from .historias import Historia
from .moldes import MoldeDeObra
from .obra import Fase
from .personas import Pueblo

# The office grew: the last day brings twice what the first one did; on a weekend comes a third.
FIN_DE_SEMANA = 0.35
DIAS_MINIMOS, DIAS_MAXIMOS, POR_DIA = 500, 2190, 3
# One in so many comes back with another Gestión.
REPITEN = 6
# Minutes by which each copy begins later than its story, at most: acts never leave their day.
RETRASO = 320
MINUTOS = [f"{m // 60:02}:{m % 60:02}:" for m in range(24 * 60)]


@dataclass(frozen=True)
class Oficio:
    """A story with its moulds: everything, and what is essential if it is over."""

    historia: Historia
    completo: MoldeDeObra
    breve: MoldeDeObra

    @property
    def demora(self) -> int:
        """Days that may go by, at most, from its first act to its last."""
        return sum(_demora(f) for f in self.completo.fases)

    def cabe(self, edad: int) -> bool:
        """Whether it may have begun that many days ago."""
        if self.historia.edades is None:
            return edad > self.demora
        return self.historia.edades[0] <= edad <= self.historia.edades[1]


def _demora(fase: Fase) -> int:
    """With the longest holidays in between; until its archive, half a year."""
    if fase.vence:
        return 0 if fase.vence[1] else 185
    return 0 if fase.hoy else fase.maximo + (6 if fase.habil else 0)


@dataclass(frozen=True)
class Lote:
    """Rows ready to be written, by the name of their table and in COPY's format; of how many `gestiones`."""

    gestiones: int
    filas: dict[str, bytes]


class Dias:
    """The days of the span, as texts, as working days and as ends of a term."""

    def __init__(self, hoy: date, dias: int, calendario: Calendario) -> None:
        self.hoy, self.primero = dias, hoy - timedelta(days=dias)
        todos = [self.primero + timedelta(days=n) for n in range(dias + 400)]
        self.textos = {"d": [d.isoformat() for d in todos], "f": [f"{d:%d-%m-%Y}" for d in todos]}
        self.vence = [(archivar_el(d, settings.MESES_ARCHIVO) - self.primero).days for d in todos[: dias + 1]]
        habiles = [n for n, d in enumerate(todos) if calendario.es_habil(d)]
        self.siguiente = [habiles[bisect(habiles, n - 1)] for n in range(dias + 60)]
        self.anterior = [habiles[max(0, bisect(habiles, n) - 1)] for n in range(dias + 60)]
        self.pesos = [
            (1 + n / dias) * (FIN_DE_SEMANA if d.weekday() > 4 else 1) for n, d in enumerate(todos[:dias])
        ]

    def de(self, fases: Sequence[Fase], inicio: int, azar: random.Random) -> list[int]:
        """The day of each phase of a copy that begins on `inicio`."""
        dias = [inicio]
        for fase in fases[1:]:
            if fase.vence:
                dias.append(self.vence[dias[fase.vence[0]]] - fase.vence[1])
                continue
            al_azar = fase.minimo + int(azar.random() * (fase.maximo - fase.minimo + 1))
            if fase.hoy:
                dias.append(self.anterior[self.hoy - al_azar])
            else:
                dia = dias[-1] + al_azar
                dias.append(self.siguiente[dia] if fase.habil else dia)
        return dias


def _repartir(gestiones: int, pesos: Sequence[float]) -> Iterator[int]:
    """How many come each day."""
    hechas, sumas = 0, list(accumulate(pesos))
    for suma in sumas:
        hasta = round(gestiones * suma / sumas[-1])
        yield hasta - hechas
        hechas = hasta


def dias_de(gestiones: int) -> int:
    """Over how many days they began."""
    return max(DIAS_MINIMOS, min(DIAS_MAXIMOS, gestiones // POR_DIA))


class Copista:
    """Makes the copies in order of creation. `siguientes` are the first free keys, by table.

    `primera_persona` is the first who was never invented in this base.

    `analistas` are keys with how much each one gets. `completas` is the share, of what is over, that keeps
    its whole history; what is open always does.
    """

    def __init__(
        self,
        oficios: Sequence[Oficio],
        pueblo: Pueblo,
        dias: Dias,
        *,
        semilla: int,
        siguientes: dict[type[Model], int],
        primera_persona: int,
        analistas: Mapping[int, float],
        completas: float,
        cadena: tuple[int, str],
    ) -> None:
        self.oficios, self.pueblo, self.dias = oficios, pueblo, dias
        self.azar = random.Random(f"{semilla} {primera_persona}")  # noqa: S311 - nothing secret
        self.siguientes, self.completas = siguientes, completas
        self.primera_cuenta, self.primera_persona, self.personas = siguientes[Usuario], primera_persona, 0
        self.analistas, self.cargas = list(analistas), list(accumulate(analistas.values()))
        self.n, self.huella = cadena
        self.filas: dict[type[Model], list[str]] = defaultdict(list)

    def lotes(self, gestiones: int, tamano: int) -> Iterator[Lote]:
        """All of them, in lots."""
        copias = (
            partial(self._copiar, oficio, dia, retraso, segundos)
            for dia, cuantas in enumerate(_repartir(gestiones, self.dias.pesos))
            for oficio, retraso, segundos in self._del_dia(dia, cuantas)
        )
        while grupo := list(islice(copias, tamano)):
            for copiar in grupo:
                copiar()
            yield Lote(len(grupo), self._entregar())

    def _entregar(self) -> dict[str, bytes]:
        """What was copied since the last time."""
        filas, self.filas = self.filas, defaultdict(list)
        return {modelo._meta.db_table: "".join(suyas).encode() for modelo, suyas in filas.items()}

    def _del_dia(self, dia: int, cuantas: int) -> list[tuple[Oficio, int, str]]:
        """Which stories begin that day, with their minute and second, in order."""
        caben = [o for o in self.oficios if o.cabe(self.dias.hoy - dia)]
        azar = self.azar
        elegidas = azar.choices(caben, [o.historia.peso for o in caben], k=cuantas)
        instantes = sorted(
            (int(azar.random() * RETRASO), f"{azar.randrange(60):02}.{azar.randrange(1, 1_000_000):06}")
            for _ in elegidas
        )
        return [(o, *instante) for o, instante in zip(elegidas, instantes, strict=True)]

    def _copiar(self, oficio: Oficio, dia: int, retraso: int, segundos: str) -> None:
        azar = self.azar
        molde = oficio.completo if azar.random() < self.completas else oficio.breve
        persona, nueva = self._persona()
        datos: dict[str, Any] = self.pueblo.persona(self.primera_persona + persona)
        datos["persona"], datos["numero"] = self.primera_cuenta + persona, self._tomar(Gestion, 1)
        datos["analista"], datos["otro"] = self._analistas()
        self._llenar(datos, molde, dia, retraso, segundos)
        for modelo, plantilla in molde.filas.items():
            if nueva or modelo not in DE_LA_PERSONA:
                self.filas[modelo].append(plantilla % datos)
        self._sellar(datos, molde)

    def _llenar(
        self, datos: dict[str, Any], molde: MoldeDeObra, dia: int, retraso: int, segundos: str
    ) -> None:
        """Keys, days, hours, what is drawn and, last, the digests of all that."""
        for modelo, nombres in molde.claves.items():
            primera = self._tomar(modelo, len(nombres))
            datos.update(zip(nombres, range(primera, primera + len(nombres)), strict=True))
        dias, textos, vence = self.dias.de(molde.fases, dia, self.azar), self.dias.textos, self.dias.vence
        for nombre, (forma, fase, antes) in molde.fechas.items():
            n = dias[fase]
            datos[nombre] = textos[forma][n if antes < 0 else vence[n] - antes]
        for nombre, minuto in molde.horas.items():
            datos[nombre] = MINUTOS[minuto + retraso] + segundos
        for nombre, minuto in molde.horas_leidas.items():
            datos[nombre] = MINUTOS[minuto + retraso] + segundos[:2]
        self._sortear(datos, molde)
        for nombre, texto, copiable in molde.versiones:
            contenido = texto % datos
            datos[nombre] = sha256(contenido.encode()).hexdigest()
            datos[copiable] = contenido.replace("\\", "\\\\")
        for nombre, texto in molde.envios:
            datos[nombre] = sha256((texto % datos).encode()).hexdigest()
        for nombre, texto, _ in molde.eventos:
            datos[nombre] = sha256((texto % datos).encode()).hexdigest()

    def _sortear(self, datos: dict[str, Any], molde: MoldeDeObra) -> None:
        if molde.cifras:
            cifras = f"{self.azar.getrandbits(4 * molde.cifras):0{molde.cifras}x}"
            datos.update((nombre, cifras[donde]) for nombre, donde in molde.sorteados)
            datos.update((nombre, cifras[donde].upper()) for nombre, donde in molde.codigos)

    def _sellar(self, datos: Mapping[str, Any], molde: MoldeDeObra) -> None:
        """The links of its events, as `Sello.encadenar` makes them."""
        sellos, n, huella = self.filas[Sello], self.n, self.huella
        for nombre, _, evento in molde.eventos:
            n, anterior = n + 1, huella
            huella = sha256((anterior + datos[nombre]).encode()).hexdigest()
            sellos.append(f"{n}\t{datos[evento]}\t{anterior}\t{huella}\n")
        self.n, self.huella = n, huella

    def _persona(self) -> tuple[int, bool]:
        """Which of the new people it is of, and whether that one had none."""
        if self.personas and self.azar.random() * REPITEN < 1:
            return int(self.azar.random() * self.personas), False
        self._tomar(Usuario, 1)
        self.personas += 1
        return self.personas - 1, True

    def _analistas(self) -> tuple[int, int]:
        """Who reviews it, by their loads, and somebody else."""
        uno = bisect(self.cargas, self.azar.random() * self.cargas[-1])
        return self.analistas[uno], self.analistas[(uno + 1) % len(self.analistas)]

    def _tomar(self, modelo: type[Model], cuantas: int) -> int:
        primera = self.siguientes[modelo]
        self.siguientes[modelo] = primera + cuantas
        return primera
