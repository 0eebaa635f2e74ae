"""What the desk's lists may be asked, read from an address that anybody may have typed."""

from datetime import date, timedelta
from typing import Any

from django import forms

from cuentas.formularios import CampoFecha
from escritura.orden import clave_orden
from mesa.consultas.bandeja import ORDENES, Criterio
from mesa.consultas.bitacora import TIPOS, Busqueda
from mesa.consultas.fila import POR_VENCER, VENCIDA
from tramites import registro
from tramites.consultas.fechas import dia
from tramites.consultas.numero import digitos
from tramites.models import Estado

from .formularios import ELIJA, MesaForm

LARGO = 120
SEMANAS = 12


class CampoNumero(forms.IntegerField):
    """The number of a Gestión: «7», «No. 7», «Gestión No. 7», «#7»."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(digitos(value) or value if isinstance(value, str) else value)


class CampoDia(CampoFecha):
    """A day that is looked for, however it is typed: also 22/05/24 and «22 de mayo de 2024»."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["maxlength"] = 30

    def to_python(self, value: Any) -> Any:
        return super().to_python(_dia_o(value))

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(_dia_o(value))


def _dia_o(valor: Any) -> Any:
    return (dia(valor) if isinstance(valor, str) else None) or valor


def _ofrecer_tipos(form: forms.Form) -> None:
    """The procedures that there are, by the name of their menu."""
    tipo = form.fields["tipo"]
    assert isinstance(tipo, forms.ChoiceField)  # noqa: S101
    tipo.choices = [("", ELIJA), *((t.clave, t.rotulo) for t in registro.todos())]


class FiltroForm(MesaForm):
    """The queue's filter; whatever is not understood is not asked."""

    q = forms.CharField(label="Número, nombre o CUI", required=False, max_length=LARGO)
    tipo = forms.ChoiceField(label="Tipo", required=False)
    estado = forms.ChoiceField(
        label="Estado",
        required=False,
        choices=[("", ELIJA), *((e.value, e.label) for e in Estado if e != Estado.CREACION)],
    )
    dias = forms.TypedChoiceField(
        label="Antigüedad",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", ELIJA), *((n, f"{n} días hábiles o más") for n in (POR_VENCER, VENCIDA))],
    )
    a_cargo = forms.TypedChoiceField(label="A cargo", required=False, coerce=int, empty_value=None)
    reservadas = forms.BooleanField(label="Solo con posible alteración", required=False)
    orden = forms.ChoiceField(required=False, choices=[(o, o) for o in ORDENES], widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, personas: list[tuple[int, str]], con_estado: bool, reserva: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["a_cargo"]
        assert isinstance(campo, forms.ChoiceField)  # noqa: S101
        campo.choices = [("", ELIJA), *personas]
        _ofrecer_tipos(self)
        for nombre, cabe in (("estado", con_estado), ("a_cargo", con_estado), ("reservadas", reserva)):
            if not cabe:
                del self.fields[nombre]
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "maxlength": LARGO})

    def criterio(self) -> Criterio:
        """What was asked; a field that does not hold is as if it had not been."""
        self.is_valid()
        datos = self.cleaned_data
        return Criterio(
            texto=datos.get("q", ""),
            tramite=datos.get("tipo", ""),
            estado=datos.get("estado", ""),
            dias=datos.get("dias") or 0,
            a_cargo=datos.get("a_cargo"),
            reservadas=datos.get("reservadas", False),
            orden=datos.get("orden") or "antiguas",
        )


class ConsultaForm(MesaForm):
    """What the counter types: a number or a CUI (F7)."""

    q = forms.CharField(
        label="Número de Gestión o CUI",
        max_length=30,
        error_messages={"required": "Escriba el número de la Gestión o el CUI."},
        widget=forms.TextInput(attrs={"type": "search", "inputmode": "numeric"}),
    )


class PorNumeroForm(MesaForm):
    """A Gestión by its number and nothing else."""

    q = CampoNumero(
        label="Número de Gestión",
        min_value=1,
        max_value=10**12,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Escriba el número de la Gestión."
        ),
        widget=forms.TextInput(attrs={"type": "search", "inputmode": "numeric"}),
    )


class PeriodoForm(MesaForm):
    """The dates of the statistics, by default the last twelve weeks, and of which procedure."""

    desde = CampoDia(label="Desde", required=False)
    hasta = CampoDia(label="Hasta", required=False)
    tipo = forms.ChoiceField(label="Tipo", required=False)

    def __init__(self, *args: Any, hoy: date, **kwargs: Any) -> None:
        self.hoy = hoy
        super().__init__(*args, **kwargs)
        _ofrecer_tipos(self)

    @property
    def tramite(self) -> str:
        """The key of the procedure that was asked; empty, all, as when it is none."""
        self.is_valid()
        return self.cleaned_data.get("tipo", "")

    def fechas(self) -> tuple[date, date]:
        """First and last day, never more than two years apart."""
        self.is_valid()
        hasta = min(self.cleaned_data.get("hasta") or self.hoy, self.hoy)
        desde = self.cleaned_data.get("desde") or hasta - timedelta(weeks=SEMANAS) + timedelta(days=1)
        return max(min(desde, hasta), hasta - timedelta(days=730)), hasta


class BitacoraForm(MesaForm):
    """What auditoría asks of the log; what is not understood is said, never left out in silence."""

    gestion = CampoNumero(
        label="Número de Gestión",
        required=False,
        min_value=1,
        max_value=10**12,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Escriba el número de la Gestión."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    tipo = forms.ChoiceField(
        label="Acto",
        required=False,
        choices=[("", ELIJA), *sorted(TIPOS.items(), key=lambda tipo: clave_orden(tipo[1]))],
        error_messages={"invalid_choice": "Elija un acto de la lista."},
    )
    desde = CampoDia(label="Desde", required=False)
    hasta = CampoDia(label="Hasta", required=False)
    persona = forms.CharField(
        label="Quién lo hizo", help_text="Nombre, CUI o correo.", required=False, max_length=LARGO
    )

    def busqueda(self) -> Busqueda:
        """What was asked; only after `is_valid()`."""
        return Busqueda(**self.cleaned_data)
