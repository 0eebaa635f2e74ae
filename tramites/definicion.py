"""What a procedure is: the frozen vocabulary in which `previsión` describes each pension.

Pure data, no ORM and no HTTP: steps, fields and renglones are code, versioned by
(clave, version), so that a Gestión is always read with the rules under which it was made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from papeles.impreso import Impreso

if TYPE_CHECKING:
    from django.forms import Form

    from .formularios import PasoForm


class NoDefinido(KeyError):
    """The procedure has no such step or renglón."""


class ClasePaso(Enum):
    """What a step asks of the person; each class has its own view in `ciudadano`."""

    FORMULARIO = "formulario"  # fields that are saved (1-3)
    ACTA = "acta"  # read and go on (4)
    ENTERADO = "enterado"  # confirm, which freezes the form (5)
    DOCUMENTOS = "documentos"  # load the files (6)
    VALIDACION = "validacion"  # check everything and send (7)


@dataclass(frozen=True, kw_only=True)
class Paso:
    """One step of the wizard; `clave` stands in its address and never changes.

    `guia` says under its title how it is filled; in a `declaracion` each label is a whole sentence.
    """

    clave: str
    numero: int
    nombre: str
    clase: ClasePaso
    plantilla: str
    formulario: "type[PasoForm] | None" = None
    guia: str = "Los campos con * son obligatorios. Los demás puede dejarlos en blanco."
    declaracion: bool = False

    @property
    def clase_formulario(self) -> "type[PasoForm]":
        """The form of a step that has one; `NoDefinido` in the others."""
        return self.formulario or _sin(self.clave)


@dataclass(frozen=True, kw_only=True)
class Requisito:
    """One renglón of the documents' table.

    `nota` is the manual's note, in italics; `control`, what the analyst checks (F5).
    """

    numero: int
    nombre: str
    obligatorio: bool
    nota: str = ""
    ayuda: str = ""
    donde: str = ""
    vigencia: str = ""
    control: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Textos:
    """The template with the legal words of each screen; they read `tramite`, `gestion`, `textos` and `acta`.

    `pasos` are those of the steps with fields, by their key. `acta` and `descarga` are of whoever has an acta
    and a form to sign.
    """

    derecho: str
    requisitos: str
    pasos: Mapping[str, str]
    enterado: str
    documentos: str
    documentos_pie: str
    previo: str
    ventana_envio: str
    ventana_admision: str
    estado: str
    acta: str = ""
    descarga: str = ""

    @property
    def todos(self) -> tuple[str, ...]:
        """Every template, whatever its screen."""
        propios = (getattr(self, campo.name) for campo in fields(self) if campo.name != "pasos")
        return tuple(plantilla for plantilla in (*propios, *self.pasos.values()) if plantilla)


class Procedencia(Enum):
    """Whose words a text has, as the admin labels it (MO17)."""

    OFICIAL = "oficial"
    PROPIA = "redacción propia, pendiente del texto oficial"


@dataclass(frozen=True, kw_only=True)
class TextoVersionado:
    """A text that ONSEC's staff write, version by version; an empty version is not shown.

    `clave` begins with the procedure's, `donde` says in words where it is read, and `inicial` is what it says
    until they write one, whose words are of that `procedencia`.
    """

    clave: str
    donde: str
    procedencia: Procedencia
    inicial: str = ""


@dataclass(frozen=True, kw_only=True)
class PartesDeCaso:
    """What a Caso de Previo is composed of in one renglón or step: «Documento», «Campo», «Defecto» (F4)."""

    documentos: tuple[str, ...] = ()
    campos: tuple[str, ...] = ()
    defectos: tuple[str, ...] = ()


def _sin_partes(_lugar: int | str) -> PartesDeCaso:
    return PartesDeCaso()


def _sin_marcas(_pasos: Mapping[str, Any], _contexto: "ContextoPaso") -> Mapping[str, tuple[str, ...]]:
    return {}


@dataclass(frozen=True, kw_only=True)
class ContextoPaso:
    """What a step's form may know beyond what was typed: the account's data and today's date."""

    cui: str
    correo: str
    nombres: Mapping[str, str]
    fecha_nacimiento: date | None
    hoy: date


@dataclass(frozen=True, kw_only=True)
class Congelado:
    """A frozen version of the form: what the person confirmed and the paper says.

    `pasos` maps each step's key to {"valores": {field: text}, "legibles": [[label, text], …]}.
    `resumen` is the SHA-256 (hex) of its canonical JSON and `codigo` the short form on the paper.
    """

    numero: int
    version: int
    codigo: str
    resumen: str
    cui: str
    nombre_completo: str
    fecha_acta: date
    meses_archivo: int
    pasos: Mapping[str, Mapping[str, Any]]
    textos: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Tramite:
    """A whole procedure.

    `textos` are the templates with its legal words; `textos_editables`, those that ONSEC's staff write, which
    `textos_del_dia` gives as they stand today: they are frozen with the form. `a_la_mano` says what to have
    ready before beginning.

    `familia` is the sub-entry of «Mis Solicitudes» where its Gestiones are; `para_quien`, the sentence of its
    card that says who may ask for it.

    `renglon_formulario` takes the signed form; `renglon_otros`, what was not foreseen, always open once
    sent (B7.3, E6).

    For the desk: `base_admision` is the law by which it is admitted, `motivos` are the general motives of
    a previo, `partes_de_caso` what a case is composed of in a renglón (its number) or step (its key), and
    `marcas` what the frozen answers (as in `Congelado.pasos`) ask the analyst to look at, by step;
    `internos` is the form of the data that the desk leaves on record and its owner never sees (F6).
    """

    clave: str
    version: int
    nombre: str
    rotulo: str
    pasos: tuple[Paso, ...]
    requisitos: tuple[Requisito, ...]
    textos: Textos
    formulario_impreso: Callable[[Congelado], Impreso]
    acta: Callable[..., Mapping[str, Any]]
    nombre_completo: Callable[[Mapping[str, str]], str]
    renglon_formulario: int
    renglon_otros: int
    base_admision: str
    familia: str = "Pensiones"
    para_quien: str = ""
    articulo: str = "la"
    a_la_mano: tuple[str, ...] = ()
    textos_editables: tuple[TextoVersionado, ...] = ()
    textos_del_dia: Callable[[], Mapping[str, str]] = dict
    campos_compartidos: frozenset[str] = field(default_factory=frozenset)
    campos_convenientes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    motivos: Callable[[], tuple[str, ...]] = tuple
    partes_de_caso: Callable[[int | str], PartesDeCaso] = _sin_partes
    marcas: Callable[[Mapping[str, Any], ContextoPaso], Mapping[str, tuple[str, ...]]] = _sin_marcas
    internos: "type[Form] | None" = None

    def __post_init__(self) -> None:
        """`ValueError` when a step lacks its legal words: it fails here, not on the screen."""
        sin_texto = {paso.clave for paso in self.formularios} - self.textos.pasos.keys()
        if any(p.clase is ClasePaso.ACTA for p in self.pasos) and not self.textos.acta:
            sin_texto.add("acta")
        if sin_texto:
            raise ValueError(f"{self.clave}: sin texto legal en {', '.join(sorted(sin_texto))}")

    @property
    def de_nombre(self) -> str:
        """Its name after «de»: «de la Pensión Civil por…», «del Permiso…»."""
        return f"del {self.nombre}" if self.articulo == "el" else f"de {self.articulo} {self.nombre}"

    def paso(self, clave: str) -> Paso:
        """The step with that key; `NoDefinido` when there is none."""
        return next((p for p in self.pasos if p.clave == clave), None) or _sin(clave)

    def requisito(self, numero: int) -> Requisito:
        """The renglón with that number; `NoDefinido` when there is none."""
        return next((r for r in self.requisitos if r.numero == numero), None) or _sin(numero)

    @property
    def formularios(self) -> tuple[Paso, ...]:
        """The steps whose fields are typed and later frozen."""
        return tuple(p for p in self.pasos if p.clase is ClasePaso.FORMULARIO)

    @property
    def obligatorios(self) -> tuple[int, ...]:
        """Numbers of the renglones that must hold a file before sending."""
        return tuple(r.numero for r in self.requisitos if r.obligatorio)

    @property
    def opcionales(self) -> tuple[int, ...]:
        """Numbers of the renglones that may stay empty."""
        return tuple(r.numero for r in self.requisitos if not r.obligatorio)

    def de_clase(self, clase: ClasePaso) -> Paso:
        """The one step of that class; `NoDefinido` when the procedure has none."""
        return next((p for p in self.pasos if p.clase is clase), None) or _sin(clase)


def _sin(clave: object) -> Any:
    raise NoDefinido(clave)
