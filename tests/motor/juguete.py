"""«Permiso de Juguete»: a procedure with something of each thing, in the tests alone (motor.md §6)."""

from django import forms

from tramites.definicion import (
    ClasePaso,
    Exigencia,
    Grupo,
    PartesDeCaso,
    Paso,
    Requisito,
    Respuestas,
    Textos,
    Tramite,
    Valores,
)
from tramites.formularios import PasoForm
from tramites.grupos import GruposForm

COLORES = [("ROJO", "Rojo"), ("AZUL", "Azul")]


class NombreForm(PasoForm):
    primer_nombre = forms.CharField(label="Primer nombre")


class MascotaForm(PasoForm):
    nombre = forms.CharField(label="Nombre", error_messages={"required": "Escriba su nombre."})
    edad = forms.IntegerField(label="Edad", min_value=0, max_value=200)

    def clean(self) -> None:
        """An element's own rule, over two of its fields."""
        if self.cleaned_data.get("nombre") == "Tortuga" and (self.cleaned_data.get("edad") or 0) < 5:
            self.add_error("edad", "Las tortugas llegan de cinco años o más.")


class JaulaForm(PasoForm):
    barrotes = forms.IntegerField(label="Barrotes")


class DeclaracionForm(PasoForm):
    """What it declares depends on another step (MO15)."""

    cuida = forms.ChoiceField(label="¿La cuida?", choices=[("SI", "Sí"), ("NO", "No")])

    def clean_cuida(self) -> str:
        cuida = self.cleaned_data["cuida"]
        if cuida == "NO" and es("ROJO")(self.contexto.respuestas):
            raise forms.ValidationError("Quien la quiere roja la cuida. Elija «Sí».")
        return cuida


def es(color: str):
    return lambda respuestas: respuestas.get("datos", {}).get("color") == color


def solo_si_azul(respuestas: Respuestas, _elemento: Valores) -> Exigencia:
    return Exigencia.OBLIGATORIO if es("AZUL")(respuestas) else Exigencia.NO_APLICA


def solo_las_viejas(_respuestas: Respuestas, mascota: Valores) -> Exigencia:
    edad = mascota.get("edad", "")
    vieja = edad.isascii() and edad.isdigit() and int(edad[:3]) >= 10
    return Exigencia.OBLIGATORIO if vieja else Exigencia.NO_APLICA


MASCOTAS = Grupo(
    clave="mascotas",
    rotulo="Mascota",
    singular="una mascota",
    lleno="Puede agregar hasta 3 mascotas. Llame a ONSEC si son más.",
    minimo=1,
    maximo=3,
    elemento=MascotaForm,
    titulo=lambda valores: valores.get("nombre", ""),
)


class DatosForm(GruposForm):
    color = forms.ChoiceField(label="Color", choices=COLORES)
    grupos = (MASCOTAS,)


def _paso(clave: str, numero: int, clase: ClasePaso = ClasePaso.FORMULARIO, **otros) -> Paso:
    plantilla = {
        ClasePaso.FORMULARIO: "tramites/ciudadano/paso_formulario.html",
        ClasePaso.ENTERADO: "tramites/ciudadano/paso_enterado.html",
        ClasePaso.DOCUMENTOS: "tramites/ciudadano/paso_documentos.html",
        ClasePaso.VALIDACION: "tramites/ciudadano/paso_validacion.html",
    }[clase]
    return Paso(clave=clave, numero=numero, nombre=clave.title(), clase=clase, plantilla=plantilla, **otros)


# Its legal words are none: what is tried here is the engine.
NADA = "componentes/pie.html"

JUGUETE = Tramite(
    clave="juguete",
    version=1,
    nombre="Permiso de Juguete",
    rotulo="Juguete",
    articulo="el",
    familia="Juguetes",
    pasos=(
        _paso("nombre", 1, formulario=NombreForm),
        _paso("datos", 2, formulario=DatosForm),
        _paso("jaula", 3, formulario=JaulaForm, aplica=es("ROJO")),
        _paso("declaracion", 4, formulario=DeclaracionForm, declaracion=True),
        _paso("enterado", 5, ClasePaso.ENTERADO),
        _paso("documentos", 6, ClasePaso.DOCUMENTOS),
        _paso("validacion", 7, ClasePaso.VALIDACION),
    ),
    requisitos=(
        Requisito(numero=1, nombre="Foto"),
        Requisito(numero=2, nombre="Azul", exigencia_segun=solo_si_azul, condicion="es azul"),
        Requisito(
            numero=3,
            nombre="Carné de la mascota",
            por="mascotas",
            nombre_segun=lambda _r, mascota: f"Carné de {mascota.get('nombre') or 'la mascota'}",
        ),
        Requisito(numero=4, nombre="Vacuna", por="mascotas", exigencia_segun=solo_las_viejas),
        Requisito(numero=5, nombre="Otros", obligatorio=False),
    ),
    textos=Textos(
        pasos=dict.fromkeys(("nombre", "datos", "jaula", "declaracion"), NADA),
        derecho=NADA,
        requisitos=NADA,
        enterado=NADA,
        documentos=NADA,
        documentos_pie=NADA,
        previo=NADA,
        ventana_envio=NADA,
        ventana_admision=NADA,
        estado=NADA,
    ),
    nombre_completo=lambda valores: valores.get("primer_nombre", "").upper(),
    renglon_otros=5,
    base_admision="La de siempre",
    base_segun=lambda respuestas: "La azul" if es("AZUL")(respuestas) else "La de siempre",
    campos_compartidos=frozenset({"primer_nombre"}),
    partes_de_caso=lambda _lugar: PartesDeCaso(documentos=("PAPEL",), campos=("COLOR",), defectos=("MAL.",)),
)
