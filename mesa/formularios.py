"""The desk's forms: shape only, never a write."""

from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms

from cuentas.formularios import CampoFecha
from cuentas.models import Usuario
from tramites.acciones.juzgar import JUSTIFICACION_MIN, Juicio
from tramites.consultas.expediente import Lugar
from tramites.definicion import PartesDeCaso, Tramite
from tramites.models import DatosInternos, Resultado

ELIJA = "[Seleccione algún valor]"


class MesaForm(forms.Form):
    """A form of the desk: labels without a colon; the page writes the form's frame and its buttons."""

    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)

    def _elegir(self, nombre: str, opciones: list[tuple[str, str]]) -> None:
        """What may be chosen there."""
        campo = self.fields[nombre]
        assert isinstance(campo, forms.ChoiceField)  # noqa: S101
        campo.choices = opciones


def campo_libre(rotulo: str, ayuda: str, falta: str, maximo: int = 1000) -> forms.CharField:
    """Some lines of one's own words, `maximo` letters at most; `falta` is said when there are none."""
    return forms.CharField(
        label=rotulo,
        help_text=ayuda,
        max_length=maximo,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": falta},
    )


class VersionForm(MesaForm):
    """The version of the Gestión that was on the screen: what is decided is decided about it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def prefijo_de(lugar: int | str) -> str:
    """What the names of a verdict's fields begin with: its renglón or its step."""
    return f"{'d' if isinstance(lugar, int) else 'p'}-{lugar}"


class VeredictoForm(VersionForm):
    """What the analyst says of a renglón or of a step (F1, F4)."""

    resultado = forms.ChoiceField(
        label="Su decisión",
        widget=forms.RadioSelect,
        error_messages={"required": "Elija «Verificado» o «Con observación»."},
    )
    documento = forms.ChoiceField(label="Documento", required=False)
    campo = forms.ChoiceField(label="Campo", required=False)
    defecto = forms.ChoiceField(label="Defecto", required=False)
    texto = forms.CharField(
        label="Caso de Previo",
        help_text="La persona leerá este texto tal cual.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    archivos = forms.MultipleChoiceField(
        label="Archivos que debe cambiar",
        help_text="Si no marca ninguno, el caso es de todo el documento.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pagina = forms.IntegerField(label="Página", required=False, min_value=1, max_value=9999)
    visto = forms.UUIDField(required=False, widget=forms.HiddenInput)
    justificacion = forms.CharField(
        label="Justificación",
        help_text=f"Ya estaba verificado. Escriba por qué lo observa ahora, en {JUSTIFICACION_MIN} letras "
        "o más. Lo verá jefatura.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, lugar: Lugar, partes: PartesDeCaso, ya_verificado: bool, **kwargs: Any
    ) -> None:
        self.lugar = lugar
        kwargs["prefix"] = prefijo_de(lugar.clave)
        kwargs["initial"] = self._iniciales(lugar) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self._elegir("resultado", _resultados(lugar))
        for nombre, valores in (
            ("documento", partes.documentos),
            ("campo", partes.campos),
            ("defecto", partes.defectos),
        ):
            actual = kwargs["initial"].get(nombre, "")
            propias = valores if not actual or actual in valores else (*valores, actual)
            self._elegir(nombre, [("", ELIJA), *((v, v) for v in propias)])
        self._elegir("archivos", [(str(d.pk), d.nombre) for d in lugar.archivos])
        if len(lugar.archivos) < 2:
            del self.fields["archivos"]
        if not lugar.archivos:
            del self.fields["pagina"], self.fields["visto"]
        if not ya_verificado:
            del self.fields["justificacion"]
        # A step is never verified: without a case it is left unreviewed (matriz.md §5).
        self.fields["resultado"].required = lugar.renglon is not None
        self.fields["resultado"].label = f"{lugar.rotulo}: su decisión"

    @staticmethod
    def _iniciales(lugar: Lugar) -> dict[str, Any]:
        dicho = lugar.veredicto
        if dicho is None:
            return {}
        campos = ("resultado", "documento", "campo", "defecto", "texto", "pagina", "justificacion")
        nombrados = [str(pk) for pk in dicho.claves_nombradas]
        return {c: getattr(dicho, c) for c in campos} | {"archivos": nombrados}

    def juicio(self) -> Juicio:
        """What was said, for the action; only after `is_valid()`."""
        dicho = {c: v for c, v in self.cleaned_data.items() if c not in ("version", "resultado", "archivos")}
        resultado = self.cleaned_data["resultado"]
        return Juicio(
            **dicho | self._donde(),
            resultado=Resultado(resultado) if resultado else None,
            archivos=tuple(d.pk for d in self.lugar.archivos if str(d.pk) in self._marcados()),
        )

    def sin_revisar(self) -> Juicio:
        """The verdict taken back."""
        return Juicio(**self._donde())

    def _donde(self) -> dict[str, Any]:
        if self.lugar.renglon:
            return {"renglon": self.lugar.renglon.numero}
        return {"paso": self.lugar.clave}

    def _marcados(self) -> list[str]:
        return self.cleaned_data.get("archivos", [])

    def culpable(self) -> str:
        """The field that a refusal of the action speaks of."""
        if self.cleaned_data.get("resultado") == Resultado.VERIFICADO:
            return "resultado"
        sin_razon = "justificacion" in self.fields and self.juicio().caso
        return "justificacion" if sin_razon else "texto"


def _resultados(lugar: Lugar) -> list[tuple[str, str]]:
    if lugar.renglon:
        return [(r.value, str(r.label)) for r in Resultado]
    return [("", "Sin observación"), (Resultado.OBSERVADO.value, str(Resultado.OBSERVADO.label))]


class PrevioForm(VersionForm):
    """«Enviar a previo»; the motive is offered from the catalogue and free to edit (F2)."""

    motivo = forms.CharField(
        label="Motivo de envío a PREVIO", required=False, max_length=300, widget=forms.HiddenInput
    )


class ReasignarForm(VersionForm):
    """Whom to hand it to."""

    a = forms.ModelChoiceField(
        label="Reasignar a",
        queryset=Usuario.objects.none(),
        empty_label=ELIJA,
        error_messages={"required": "Elija a quién reasignarla."},
    )

    def __init__(self, *args: Any, personas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["a"]
        assert isinstance(campo, forms.ModelChoiceField)  # noqa: S101
        campo.queryset = personas


class DesarchivarForm(VersionForm):
    """Why it is re-opened; the reference of the written request, if its owner had withdrawn (T7)."""

    motivo = campo_libre(
        "Motivo",
        "20 letras o más. Queda en las notas internas.",
        "Escriba el motivo con 20 letras o más.",
    )
    referencia = forms.CharField(
        label="Referencia de la petición escrita de la persona", required=False, max_length=120
    )


class NotaForm(MesaForm):
    """An internal note, with its one-use ficha: the same form sent twice is one note (S13)."""

    texto = campo_libre("Nota interna", "La persona nunca la ve.", "Escriba la nota.", maximo=4000)
    ficha = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class InternosForm(forms.ModelForm):
    """The internal data of F6, about the version that was on the screen: no old tab writes over them.

    `con_los_de` adds those of a procedure, which it draws and hands over without knowing them.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    providencia_el = CampoFecha(label="Fecha de la providencia", required=False)

    class Meta:
        model = DatosInternos
        fields = ("solvencia", "providencia", "providencia_el", "posible_alteracion")
        labels = {
            "solvencia": "Solvencia",
            "providencia": "Providencia número",
            "posible_alteracion": "Posible alteración (reservado)",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        suyos = kwargs["instance"].datos | kwargs.get("initial", {})
        super().__init__(*args, **{"label_suffix": ""} | kwargs | {"initial": suyos})
        self.fields["posible_alteracion"].help_text = "La persona no lo ve. Lo verá jefatura en la bandeja."

    @classmethod
    def con_los_de(cls, tramite: Tramite) -> "type[InternosForm]":
        """The same form, with the fields of that procedure before its own."""
        return _con(tramite.internos) if tramite.internos else cls

    def comunes(self) -> dict[str, Any]:
        """What every procedure leaves on record; only after `is_valid()`."""
        return {campo: self.cleaned_data[campo] for campo in InternosForm.base_fields if campo != "version"}

    def propios(self) -> dict[str, Any]:
        """What is its procedure's, as JSON; only after `is_valid()`."""
        ajenos = InternosForm.base_fields.keys()
        return {
            campo: valor.isoformat() if isinstance(valor, date) else valor
            for campo, valor in self.cleaned_data.items()
            if campo not in ajenos
        }


@cache
def _con(propios: type[forms.Form]) -> type[InternosForm]:
    orden = ["version", *propios.base_fields]
    return type("InternosForm", (propios, InternosForm), {"field_order": orden})


class NotificacionForm(MesaForm):
    """A notification made by hand: the previo's clock starts that day (FB0)."""

    fecha = CampoFecha(
        label="Fecha de la notificación", error_messages={"required": "Escriba la fecha de la notificación."}
    )
    medio = forms.CharField(
        label="Medio",
        help_text="Por ejemplo: llamada, cédula en ventanilla.",
        max_length=300,
        error_messages={"required": "Escriba por qué medio notificó a la persona."},
    )


class MotivoDeLecturaForm(MesaForm):
    """Why auditoría or administración needs to see a file (matriz.md §3)."""

    archivo = forms.ChoiceField(
        label="Archivo", widget=forms.RadioSelect, error_messages={"required": "Elija un archivo."}
    )
    motivo = campo_libre(
        "Motivo", "Queda escrito en el expediente.", "Escriba por qué necesita ver el archivo."
    )

    def __init__(self, *args: Any, opciones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._elegir("archivo", opciones)


class MotivoDeExportacionForm(MesaForm):
    """Why auditoría needs the whole expediente (matriz.md §3)."""

    motivo = campo_libre(
        "Motivo", "Queda escrito en el expediente.", "Escriba por qué necesita el expediente."
    )
