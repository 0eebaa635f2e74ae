"""A mould is a played story as text: rows in the database's format, with holes for what each copy changes.

Whatever a row says is either the same in every copy or one of: a key, a person's datum, a day or an hour of a
phase, a digest. A date that is none of them would be a lie in the copies: it is an error.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from previsión.familia.formularios import BeneficiarioForm
from tramites.models import Documento, Envio, Gestion, VersionFormulario
from tramites.plazo import archivar_el

from .filas import Filas, columnas
from .obra import Fase, Obra

# Between signs that no text has.
MARCA = re.compile("\ue000(.*?)\ue001")
ISO, LEIDA = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"(\d\d)-(\d\d)-(\d{4})")
CODIGO = 20  # the length of the code that verifies a sending
HORA = re.compile(r"(\d\d):(\d\d):00")
CAMPOS_DE_PERSONA = {
    "genero": "genero",
    "depto_nacimiento": "depto",
    "municipio_nacimiento": "municipio",
    "profesion": "oficio",
}
ROTULOS_DE_PERSONA = {
    str(BeneficiarioForm.base_fields[campo].label): f"{hueco}_leido" if campo != "profesion" else hueco
    for campo, hueco in CAMPOS_DE_PERSONA.items()
}
canonico = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def hueco(nombre: str) -> str:
    """A hole of that name, until the text is a template."""
    return f"\ue000{nombre}\ue001"


def plantilla(texto: str) -> str:
    """The text as a %-template of its holes."""
    return MARCA.sub(r"%(\1)s", texto.replace("%", "%%"))


def para_copiar(texto: str) -> str:
    """As COPY reads it."""
    return texto.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


@dataclass
class MoldeDeObra:
    """The templates of a story, whole and short. Their holes are filled by `copias`.

    `claves` says, by table, the holes of its keys; `fechas` and `horas`, those of each phase and minute;
    `azar`, what is drawn and how many hexadecimal digits long; `versiones`, `envios` and `eventos`, the texts
    whose digests are holes too.
    """

    fases: list[Fase]
    filas: dict[type[Model], str] = field(default_factory=dict)
    claves: dict[type[Model], list[str]] = field(default_factory=dict)
    fechas: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    horas: dict[str, int] = field(default_factory=dict)
    horas_leidas: dict[str, int] = field(default_factory=dict)
    azar: list[tuple[str, int]] = field(default_factory=list)
    versiones: list[tuple[str, str, str]] = field(default_factory=list)
    envios: list[tuple[str, str]] = field(default_factory=list)
    eventos: list[tuple[str, str, str]] = field(default_factory=list)

    @cached_property
    def cifras(self) -> int:
        """How many digits are drawn for a copy."""
        return sum(largo for _, largo in self.azar)

    @cached_property
    def sorteados(self) -> list[tuple[str, slice]]:
        """What is drawn and is no code, with its place among those digits."""
        return [
            lugar for lugar, (_, largo) in zip(self._lugares(), self.azar, strict=True) if largo != CODIGO
        ]

    @cached_property
    def codigos(self) -> list[tuple[str, slice]]:
        """The codes, which are in capitals, with theirs."""
        return [
            lugar for lugar, (_, largo) in zip(self._lugares(), self.azar, strict=True) if largo == CODIGO
        ]

    def _lugares(self) -> Iterator[tuple[str, slice]]:
        hasta = accumulate(largo for _, largo in self.azar)
        return ((nombre, slice(n - largo, n)) for (nombre, largo), n in zip(self.azar, hasta, strict=True))


def moldear(obra: Obra, filas: Filas) -> MoldeDeObra:
    """The mould of those rows of a story that was just played."""
    return _Moldeador(obra, filas).moldear()


class _Moldeador:
    def __init__(self, obra: Obra, filas: Filas) -> None:
        self.obra, self.filas = obra, filas
        self.molde = MoldeDeObra(list(obra.fases))
        self.claves: dict[tuple[type[Model], Any], str] = {}
        self.textos = self._de_persona(obra.titular)

    def moldear(self) -> MoldeDeObra:
        """Keys first: rows name each other."""
        for n, (modelo, filas) in enumerate(self.filas.items()):
            for i, fila in enumerate(filas):
                self._clave(modelo, fila, f"{n}_{i}")
        self._digestos()
        for modelo, filas in self.filas.items():
            if filas:
                self.molde.filas[modelo] = "".join(f"{self._fila(fila)}\n" for fila in filas)
        return self.molde

    # ── keys ──────────────────────────────────────────────────────────────────

    def _clave(self, modelo: type[Model], fila: Any, sufijo: str) -> None:
        if modelo is Usuario or modelo is Gestion:
            nombre = "persona" if modelo is Usuario else "numero"
        elif isinstance(fila.pk, UUID):
            nombre = self._azar(str(fila.pk), 32)
        else:
            nombre = f"k{sufijo}"
            self.molde.claves.setdefault(modelo, []).append(nombre)
        self.claves[modelo, fila.pk] = nombre

    # ── digests ───────────────────────────────────────────────────────────────

    def _digestos(self) -> None:
        """The digests that rows repeat, before any of them is written."""
        for version in self.filas[VersionFormulario]:
            assert version.resumen == VersionFormulario.resumir(version.contenido)  # noqa: S101
            nombre = f"v{version.pk}"
            self.textos[version.resumen] = hueco(nombre)
            self.molde.versiones.append(
                (nombre, plantilla(self._json(version.contenido)), f"{nombre}_copiar")
            )
        for documento in self.filas[Documento]:
            self._azar(documento.sha256, 64)
        for envio in self.filas[Envio]:
            self.textos[envio.resumen] = hueco(f"s{envio.pk}")
            self.molde.envios.append((f"s{envio.pk}", plantilla(self._cuerpo(envio))))
        for evento in self.filas[Evento]:
            self.textos[evento.resumen] = hueco(f"r{evento.pk}")
            clave = self.claves[Evento, evento.pk]
            self.molde.eventos.append((f"r{evento.pk}", plantilla(self._acto(evento)), clave))

    def _cuerpo(self, envio: Envio) -> str:
        """What a sending digests (`registrar_envio`)."""
        formulario, documentos = envio.version_formulario, envio.gestion.documentos_al(envio.enviado_en)
        cuerpo = "\n".join([formulario.resumen, *(f"{d.renglon} {d.sha256}" for d in documentos)])
        assert hashlib.sha256(cuerpo.encode()).hexdigest() == envio.resumen  # noqa: S101
        # A short copy has no files to digest: theirs are drawn.
        return "\n".join(
            " ".join(
                self.textos.get(p) or hueco(self._azar(p, 64)) if len(p) == 64 else p for p in linea.split()
            )
            for linea in cuerpo.split("\n")
        )

    def _acto(self, evento: Evento) -> str:
        """What an event digests (`bitacora.models.resumir`)."""
        dia, hora = self._instante(evento.ocurrido_en)
        cuerpo = {
            "tipo": evento.tipo,
            "ocurrido_en": f"{dia}T{hora}+00:00",
            "actor": _Crudo(self._quien(evento.actor_id)) if evento.actor_id else None,
            "papel": evento.papel,
            "gestion": _Crudo(hueco("numero")),
            "datos": self._hijo(evento.datos, ""),
        }
        return _texto(cuerpo)

    # ── a row ─────────────────────────────────────────────────────────────────

    def _fila(self, fila: Any) -> str:
        celdas = (self._celda(fila, campo) for campo in columnas(type(fila)))
        return plantilla("\t".join(celdas))

    def _celda(self, fila: Any, campo: Field) -> str:
        valor = getattr(fila, campo.attname)
        match campo.get_internal_type(), valor:
            case _, None:
                return "\\N"
            case "BooleanField", _:
                return "1" if valor else "0"
            case "JSONField", _:
                if isinstance(fila, VersionFormulario):
                    return hueco(f"v{fila.pk}_copiar")
                return para_copiar(self._json(valor))
            case "DateTimeField", _:
                return " ".join(self._instante(valor))
            case "DateField", _:
                return self._cadena(valor.isoformat())
            case "UUIDField", _ if not campo.primary_key:
                return hueco(self._azar(str(valor), 32))
        if campo.primary_key or isinstance(campo, ForeignKey):
            return self._referencia(
                campo.related_model if isinstance(campo, ForeignKey) else type(fila), valor
            )
        if campo.name == "gestion":
            return hueco("numero")
        if campo.name in ("codigo", "message_id"):
            return self._unico(campo.name, valor)
        return para_copiar(self._cadena(str(valor)))

    def _referencia(self, modelo: Any, pk: Any) -> str:
        if modelo is Usuario:
            return self._quien(pk)
        return hueco(self.claves[modelo, pk]) if modelo in self.filas else str(pk)

    def _quien(self, pk: int) -> str:
        """The owner, the analyst and the other one are others in each copy."""
        papeles = {"persona": self.obra.titular, "analista": self.obra.analista, "otro": self.obra.otro}
        return next((hueco(n) for n, u in papeles.items() if u.pk == pk), str(pk))

    def _unico(self, campo: str, valor: str) -> str:
        if campo == "codigo":
            return hueco(self._azar(valor, CODIGO))
        local, host = valor.strip("<>").split("@")
        return f"<{hueco(self._azar(local, 32))}@{host}>"

    # ── values ────────────────────────────────────────────────────────────────

    def _azar(self, valor: str, largo: int) -> str:
        """The hole of something drawn; the same value is the same hole."""
        if valor not in self.textos:
            self.textos[valor] = hueco(f"u{len(self.molde.azar)}")
            self.molde.azar.append((f"u{len(self.molde.azar)}", largo))
        return self.textos[valor].strip("\ue000\ue001")

    def _json(self, valor: Any) -> str:
        return _texto(self._hijo(valor, ""))

    def _hijo(self, valor: Any, clave: str) -> Any:
        match valor:
            case dict():
                return {k: self._hijo(v, k) for k, v in valor.items()}
            case [str() as rotulo, str() as texto] if clave == "legibles":
                return [rotulo, self._leido(rotulo, texto)]
            case list():
                return [self._hijo(v, clave) for v in valor]
            case str():
                return self._de_campo(clave, valor)
            case int() if clave in ("gestion", "evento", "anterior", "nuevo") and not isinstance(valor, bool):
                return _Crudo(self._numero(clave, valor))
        return valor

    def _numero(self, clave: str, valor: int) -> str:
        if clave == "gestion":
            return hueco("numero")
        return self._quien(valor) if clave != "evento" else hueco(self.claves[Evento, valor])

    def _de_campo(self, clave: str, texto: str) -> str:
        if clave in CAMPOS_DE_PERSONA and texto:
            return hueco(CAMPOS_DE_PERSONA[clave])
        return self._cadena(texto)

    def _leido(self, rotulo: str, texto: str) -> str:
        if rotulo in ROTULOS_DE_PERSONA:
            return hueco(ROTULOS_DE_PERSONA[rotulo])
        if texto in (self.obra.titular.segundo_nombre, self.obra.titular.segundo_apellido):
            return hueco("n2_leido" if texto == self.obra.titular.segundo_nombre else "a2_leido")
        return self._cadena(texto)

    def _cadena(self, texto: str) -> str:
        if propio := self.textos.get(texto):
            return propio
        if ISO.fullmatch(texto):
            return self._fecha(date.fromisoformat(texto), "%Y-%m-%d")
        if hallada := LEIDA.fullmatch(texto):
            dia, mes, anio = map(int, hallada.groups())
            return self._fecha(date(anio, mes, dia), "%d-%m-%Y")
        if hallada := HORA.fullmatch(texto):
            nombre = f"l{texto[:2]}{texto[3:5]}"
            self.molde.horas_leidas[nombre] = int(hallada[1]) * 60 + int(hallada[2])
            return hueco(nombre)
        return self._con_numero(texto)

    def _con_numero(self, texto: str) -> str:
        for suyo in (u for u in self.textos if len(u) == 36 and u in texto):
            texto = texto.replace(suyo, self.textos[suyo])
        return re.sub(rf"(No\. |gestiones/){self.obra.numero}\b", rf"\1{hueco('numero')}", texto)

    def _instante(self, momento: datetime) -> tuple[str, str]:
        """Day and time in UTC, which is Guatemala's day too: acts come between six and midnight of UTC."""
        utc, dia = momento.astimezone(UTC), timezone.localdate(momento)
        if utc.date() != dia or utc.second or utc.microsecond:
            raise ValueError(f"{momento} no es de ninguna fase")
        nombre = f"h{utc:%H%M}"
        self.molde.horas[nombre] = utc.hour * 60 + utc.minute
        return self._fecha(dia, "%Y-%m-%d"), hueco(nombre)

    def _fecha(self, dia: date, forma: str) -> str:
        """A phase's day, or the one on which its silence ends or archives it."""
        letra = "d" if forma == "%Y-%m-%d" else "f"
        for n, fase in enumerate(self.obra.fases):
            if fase.dia == dia:
                return self._anotar(f"{letra}{n}", n, -1)
        for n, fase in reversed(list(enumerate(self.obra.fases))):
            antes = (archivar_el(fase.dia, settings.MESES_ARCHIVO) - dia).days
            if antes in (0, 1):
                return self._anotar(f"{letra}{n}a{antes}", n, antes)
        raise ValueError(f"{dia} no es de ninguna fase")

    def _anotar(self, nombre: str, fase: int, antes: int) -> str:
        self.molde.fechas[nombre] = (nombre[0], fase, antes)
        return hueco(nombre)

    def _de_persona(self, titular: Usuario) -> dict[str, str]:
        assert titular.cui  # noqa: S101
        assert titular.fecha_nacimiento  # noqa: S101
        nombre = titular.nombre_completo
        telefono = self.obra.respuestas["beneficiario"]["telefono"]
        propios = {
            "n1": titular.primer_nombre,
            "n2": titular.segundo_nombre,
            "a1": titular.primer_apellido,
            "a2": titular.segundo_apellido,
            "nombre": nombre,
            "busqueda": nombre.lower(),
            "cui": titular.cui,
            "cui_leido": f"{titular.cui[:4]} {titular.cui[4:9]} {titular.cui[9:]}",
            "correo": titular.email,
            "telefono": f"+502{telefono.replace('-', '')}",
            "telefono_leido": telefono,
            "direccion": self.obra.respuestas["beneficiario"]["direccion"],
            "nacida": titular.fecha_nacimiento.isoformat(),
            "nacida_leida": f"{titular.fecha_nacimiento:%d-%m-%Y}",
        }
        return {valor: hueco(nombre) for nombre, valor in propios.items()}


class _Crudo(int):
    """A hole that JSON writes without quotes."""

    def __new__(cls, texto: str) -> "_Crudo":
        crudo = super().__new__(cls)
        crudo.texto = texto  # type: ignore[attr-defined]
        return crudo


def _texto(valor: Any) -> str:
    """The canonical JSON, with its holes."""
    match valor:
        case _Crudo():
            return valor.texto  # type: ignore[attr-defined]
        case dict():
            return "{" + ",".join(f"{canonico(k)}:{_texto(valor[k])}" for k in sorted(valor)) + "}"
        case list():
            return "[" + ",".join(map(_texto, valor)) + "]"
    return canonico(valor)
