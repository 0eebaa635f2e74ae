"""The forms of steps 1-3 of a pension, with the order in which their fields stand on the screen."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from cuentas.validadores import mayor_de_edad
from escritura import correo as regla_correo
from escritura.orden import clave_busqueda
from escritura.signos import cifras
from territorio.consultas import codigos_municipios, departamentos, municipios_por_departamento
from tramites.definicion import ContextoPaso
from tramites.formularios import PasoForm

from .. import validadores
from ..campos import (
    CampoFechaEscrita,
    CampoIdentificacion,
    CampoLista,
    CampoNombreEscrito,
    CampoRegla,
    CampoTelefono,
    CampoTexto,
    Desplegable,
)
from ..catalogos.consultas import opciones

if TYPE_CHECKING:
    pass

NACIONALIDAD = "GUATEMALTECA"
NOMBRES = (
    "primer_apellido",
    "segundo_apellido",
    "apellido_casada",
    "primer_nombre",
    "segundo_nombre",
    "tercer_nombre",
)


def disposicion(*partes: Any) -> FormHelper:
    """A crispy layout inside the page's own <form>."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*partes)
    return helper


class PrevisionForm(PasoForm):
    """A step whose fields know how they are read."""

    def legibles(self) -> list[tuple[str, str]]:
        """(label, text for a reader) of what is frozen; options by name, «No indicado» for empty."""
        campos: dict[str, Any] = self.fields
        vacio = str(_("No indicado"))
        return [
            (str(campos[n].label), campos[n].legible(valor) if valor else vacio)
            for n, valor in self.congelables().items()
        ]

    def legible(self, campo: str, valor: str) -> str:
        """An option by its name, a date or a number as they are read."""
        return cast(Any, self.fields[campo]).legible(valor)


class NombresForm(PrevisionForm):
    """The six names, which steps 1 and 2 share (B2.2)."""

    primer_apellido = CampoNombreEscrito(
        label=_("Primer apellido"), dato=_("su primer apellido"), required=True, autocomplete="family-name"
    )
    segundo_apellido = CampoNombreEscrito(label=_("Segundo apellido"), dato=_("su segundo apellido"))
    apellido_casada = CampoNombreEscrito(
        label=_("Apellido de casada"),
        dato=_("su apellido de casada"),
        help_text=_("Solo si aparece en su DPI. Escríbalo sin «de»: el portal lo agrega."),
    )
    primer_nombre = CampoNombreEscrito(
        label=_("Primer nombre"),
        dato=_("su primer nombre"),
        required=True,
        autocomplete="given-name",
        help_text=_("Un nombre en cada casilla, igual que en su DPI."),
    )
    segundo_nombre = CampoNombreEscrito(
        label=_("Segundo nombre"),
        dato=_("su segundo nombre"),
        autocomplete="additional-name",
        help_text=_("Si su segundo nombre lleva «de» o «del», escríbalo completo ahí."),
    )
    tercer_nombre = CampoNombreEscrito(label=_("Tercer nombre"), dato=_("su tercer nombre"))

    @classmethod
    def iniciales(cls, contexto: ContextoPaso) -> dict[str, str]:
        """The account's names, in capitals (B1.1)."""
        return {campo: nombre.upper() for campo, nombre in contexto.nombres.items() if campo in NOMBRES}

    @classmethod
    def es_de_la_cuenta(cls, valores: Mapping[str, Any], contexto: ContextoPaso) -> bool:
        """Whether the full name is the account's (B1.1), however the boxes share it out.

        Names of a kind that the account does not hold may be added to it.
        """
        cuenta = cls.iniciales(contexto)
        suyos = [n for n in NOMBRES if n in cuenta]
        return _completo(cuenta) in (_completo(valores), _completo({n: valores.get(n, "") for n in suyos}))

    def avisos(self) -> list[str]:
        """Says so when the name is not the account's (B1.1)."""
        if self.es_de_la_cuenta(self.cleaned_data, self.contexto):
            return []
        aviso = _(
            "El nombre no es igual al de su cuenta. Revise que sea el de su DPI. ONSEC verá la diferencia."
        )
        return [str(aviso)]


def _completo(nombres: Mapping[str, Any]) -> str:
    """As names are compared: accents, apostrophes and dashes aside."""
    return clave_busqueda(" ".join(nombres[n] for n in NOMBRES if nombres.get(n)))


class DatosGeneralesForm(NombresForm):
    """Step 1: the applicant's name."""

    helper = disposicion(Fieldset(_("Nombre del solicitante"), *NOMBRES))


def _municipios() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The municipalities under the name of their department (B2.4)."""
    grupos = municipios_por_departamento()
    return tuple((nombre, grupos[codigo]) for codigo, nombre in departamentos() if codigo in grupos)


def _afiliacion_igss(valor: str) -> str:
    return validadores.afiliacion_igss(cifras(valor), codigos_municipios())


class BeneficiarioForm(NombresForm):
    """Step 2: the 23 data of the person who asks for the pension, in the order of B2."""

    genero = CampoLista(
        label=_("Género"), dato=_("su género"), required=True, opciones=lambda: opciones("genero")
    )
    etnia = CampoLista(
        label=_("Etnia"), opciones=lambda: opciones("pueblo"), help_text=_("Puede dejarlo en blanco.")
    )
    fecha_nacimiento = CampoFechaEscrita(
        label=_("Fecha de nacimiento"),
        dato=_("su fecha de nacimiento"),
        help_text=_("dd/mm/aaaa. Día, mes y año. Por ejemplo: 05/03/1975."),
        widget=forms.TextInput({"autocomplete": "bday", "inputmode": "numeric"}),
    )
    depto_nacimiento = CampoLista(
        label=_("Depto. de nacimiento"),
        opciones=departamentos,
        help_text=_("Donde nació según su certificación de RENAP, no donde vive."),
    )
    municipio_nacimiento = CampoLista(
        label=_("Municipio de nacimiento"),
        opciones=_municipios,
        help_text=_("Donde nació según su certificación de RENAP, no donde vive."),
        widget=Desplegable({"data-depende": "depto_nacimiento"}),
    )
    nacionalidad = CampoNombreEscrito(label=_("Nacionalidad"), dato=_("su nacionalidad"))
    ubicacion_geografica = CampoLista(
        label=_("Ubicación geográfica"), opciones=lambda: opciones("ubicacion_geografica")
    )
    tipo_identificacion = CampoLista(
        label=_("Tipo de identificación"), opciones=lambda: opciones("tipo_identificacion")
    )
    identificacion = CampoIdentificacion(
        label=_("Identificación"),
        dato=_("su identificación"),
        maximo=30,
        help_text=_("Los 13 números de su DPI (CUI), con o sin espacios."),
    )
    afiliacion_igss = CampoRegla(
        label=_("Afiliación al IGSS No."),
        dato=_("su afiliación al IGSS"),
        maximo=30,
        regla=_afiliacion_igss,
        help_text=_("Desde 2017 suele ser su CUI."),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    estado_civil = CampoLista(label=_("Estado Civil"), opciones=lambda: opciones("estado_civil"))
    profesion = CampoTexto(label=_("Profesión u oficio"), dato=_("su profesión u oficio"))
    escolaridad = CampoLista(label=_("Escolaridad"), opciones=lambda: opciones("escolaridad"))
    comunidad_linguistica = CampoLista(
        label=_("Comunidad lingüística"),
        opciones=lambda: opciones("comunidad_linguistica"),
        help_text=_("Puede dejarlo en blanco."),
    )
    direccion = CampoTexto(
        label=_("Dirección de residencia"),
        dato=_("su dirección de residencia"),
        maximo=200,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    telefono = CampoTelefono(
        label=_("Número telefónico"),
        dato=_("su número telefónico"),
        maximo=30,
        regla=validadores.telefono,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    correo = CampoRegla(
        label=_("Correo electrónico"),
        dato=_("su correo electrónico"),
        maximo=254,
        regla=validadores.correo,
        help_text=_("Uno que usted revise. Ahí llegan los avisos para corregir."),
        widget=forms.TextInput({"type": "email", "autocomplete": "email"}),
    )

    helper = disposicion(
        Fieldset(_("Nombre"), *NOMBRES),
        Fieldset(
            _("Origen y nacimiento"),
            *(
                "genero",
                "etnia",
                "fecha_nacimiento",
                "depto_nacimiento",
                "municipio_nacimiento",
                "nacionalidad",
            ),
            css_class="tramo",
        ),
        Fieldset(
            _("Identificación y trabajo"),
            *("ubicacion_geografica", "tipo_identificacion", "identificacion"),
            *("afiliacion_igss", "estado_civil", "profesion"),
            css_class="tramo",
        ),
        Fieldset(
            _("Estudios, residencia y contacto"),
            *("escolaridad", "comunidad_linguistica", "direccion", "telefono"),
            Field("correo", wrapper_class="doble"),
            css_class="tramo",
        ),
    )

    @classmethod
    def iniciales(cls, contexto: ContextoPaso) -> dict[str, str]:
        """What the account already knows is not asked again (B2.2, B2.5, B2.6; WCAG 3.3.7)."""
        nacimiento = contexto.fecha_nacimiento
        return super().iniciales(contexto) | {
            "fecha_nacimiento": nacimiento.isoformat() if nacimiento else "",
            "nacionalidad": NACIONALIDAD,
            "identificacion": contexto.cui,
            "correo": contexto.correo,
        }

    def clean_fecha_nacimiento(self) -> str:
        """Eighteen or more, and the date of the account (B2.3)."""
        if valor := self.cleaned_data["fecha_nacimiento"]:
            nacimiento = date.fromisoformat(valor)
            mayor_de_edad(nacimiento, self.contexto.hoy)
            validadores.nacimiento_de_la_cuenta(nacimiento, self.contexto.fecha_nacimiento)
        return valor

    def clean_municipio_nacimiento(self) -> str:
        """The pair is revalidated; a municipality alone already says its department (B2.4)."""
        municipio = self.cleaned_data["municipio_nacimiento"]
        departamento = self.cleaned_data.get("depto_nacimiento")
        if municipio and departamento:
            validadores.municipio_del_departamento(municipio, departamento)
        elif municipio and departamento == "":
            self.cleaned_data["depto_nacimiento"] = municipio[:2]
        return municipio

    def clean_identificacion(self) -> str:
        """Optional; when written it is validated by its type (B2.3)."""
        if valor := self.cleaned_data["identificacion"]:
            tipo = self.cleaned_data.get("tipo_identificacion", "")
            return validadores.identificacion(valor, tipo, self.contexto.cui, codigos_municipios())
        return valor

    def avisos(self) -> list[str]:
        """Also says where the notices go when the e-mail is not the account's (B2.6)."""
        correo = self.cleaned_data.get("correo", "")
        if not correo or regla_correo.normal(correo) == regla_correo.normal(self.contexto.correo):
            return super().avisos()
        return [
            *super().avisos(),
            _("Los avisos de ONSEC llegan al correo de su cuenta, %s, y no al que escribió aquí.")
            % self.contexto.correo,
        ]
