/** A step's form: municipalities follow their department, only what was touched travels, and it saves itself. */

// --- Municipalities: the select keeps only the group of the chosen department --------------------
document.querySelectorAll("select[data-depende]").forEach((municipio) => {
  const departamento = municipio.form.elements[municipio.dataset.depende];
  const grupos = [...municipio.querySelectorAll("optgroup")];
  const filtrar = () => {
    const nombre = departamento.value && departamento.selectedOptions[0].label;
    municipio.querySelectorAll("optgroup").forEach((g) => g.remove());
    municipio.append(...grupos.filter((g) => !nombre || g.label === nombre));
  };
  departamento.addEventListener("change", () => {
    municipio.value = "";
    filtrar();
  });
  departamento.addEventListener("ceo:puesto", filtrar);
  filtrar();
});

/**
 * What a step's page knows of what stands saved (`visto`), field by field, and what its controls held
 * when the server last took them. Another tab or telephone may have written meanwhile: what was not
 * touched here is not sent.
 */
class Hoja {
  constructor(visto) {
    this.oculto = visto;
    this.formulario = visto.form;
    this.visto = JSON.parse(visto.value);
    this.tomado = { ...this.visto };
    this.formulario.addEventListener("formdata", ({ formData }) => {
      const tocados = this.tocados();
      Object.keys(this.visto).forEach((n) => n in tocados || formData.delete(n));
    });
  }
  valor(nombre) {
    return this.formulario.elements[nombre].value.trim();
  }
  tocados() {
    const nombres = Object.keys(this.visto).filter((n) => this.valor(n) !== this.tomado[n]);
    return Object.fromEntries(nombres.map((n) => [n, this.valor(n)]));
  }
  /** The server took `enviados`, but for its conflicts; what moved elsewhere is shown, if it was not touched here. */
  tomar(enviados, { visto, ajenos, conflictos }) {
    for (const [n, v] of Object.entries(enviados)) if (!(n in conflictos)) this.tomado[n] = v;
    for (const [n, v] of Object.entries(ajenos)) {
      if (this.valor(n) !== this.tomado[n]) visto[n] = this.visto[n]; // typed meanwhile: it will be chosen
      else this.poner(n, (this.tomado[n] = v));
    }
    this.visto = visto;
    this.oculto.value = JSON.stringify(visto);
  }
  poner(nombre, valor) {
    const control = this.formulario.elements[nombre];
    control.value = valor;
    control.dispatchEvent?.(new Event("ceo:puesto"));
  }
  /** The field, its question if it is one of radios. */
  campo(nombre) {
    const control = this.formulario.elements[nombre];
    return (control[0]?.type === "radio" ? control[0] : control).closest(".campo");
  }
}

// --- Autosave: only ever adds safety; «Continuar» works the same with or without it --------------
const PAUSA = 1_500;
const REINTENTO = 15_000;
document.querySelectorAll("input[name=visto]").forEach((visto) => {
  const hoja = new Hoja(visto);
  if ("autoguardado" in hoja.formulario.dataset) autoguardar(hoja);
});

function autoguardar(hoja) {
  const { formulario } = hoja;
  const estado = formulario.querySelector("[data-guardado]");
  const huella = () => JSON.stringify(hoja.tocados());
  // Of what is touched, what waits for the person: what came back typed, and what has to be chosen.
  let enterado = "recuperado" in formulario.dataset ? huella() : "{}";
  let reloj;
  let enCurso = null;
  let detenido = false;
  formulario.querySelectorAll("[data-con-guion]").forEach((parte) => (parte.textContent = parte.dataset.conGuion));

  const decir = (clave, datos = {}) => {
    if (!estado) return;
    const hora = new Intl.DateTimeFormat("es-GT", { hour: "2-digit", minute: "2-digit", hour12: false });
    const partes = { hora: hora.format(new Date()), ...datos };
    estado.textContent = estado.dataset[clave].replace(/\{(\w+)\}/g, (_, parte) => partes[parte]);
  };
  const esperar = (tiempo) => {
    clearTimeout(reloj);
    if (!detenido) reloj = setTimeout(guardar, tiempo);
  };
  const detener = (clave) => {
    detenido = true;
    clearTimeout(reloj);
    decir(clave);
  };
  const contar = (dicho) => {
    for (const [n, guardado] of Object.entries(dicho.conflictos)) senalar(hoja.campo(n), guardado);
    if (Object.keys(dicho.conflictos).length) decir("cambio");
    else if (dicho.rotulos.length) decir("ajeno", { campos: dicho.rotulos.join(", ") });
    else decir("listo");
  };

  async function guardar(alSalir = false) {
    const enviados = hoja.tocados();
    if (detenido || enCurso || huella() === "{}" || huella() === enterado) return;
    const datos = new FormData(formulario);
    datos.set("accion", "autoguardar");
    enCurso = new AbortController();
    try {
      const respuesta = await fetch(formulario.action, {
        method: "POST", body: datos, redirect: "manual", keepalive: alSalir === true, signal: enCurso.signal,
      });
      const nuestra = respuesta.headers.get("Content-Type")?.startsWith("application/json");
      if (nuestra && (respuesta.ok || respuesta.status === 409)) {
        const dicho = await respuesta.json();
        hoja.tomar(enviados, dicho);
        enterado = JSON.stringify(Object.fromEntries(Object.entries(enviados).filter(([n]) => n in dicho.conflictos)));
        contar(dicho);
        document.dispatchEvent(new Event("ceo:actividad"));
      } else if (respuesta.status in CIERRES) return detener(CIERRES[respuesta.status]);
      // Neither a proxy's error nor the page of a network that asks to sign in is our answer.
      else throw new Error(respuesta.status >= 500 ? "caido" : "fallo");
    } catch (error) {
      if (error.name === "AbortError") return;
      decir(error.message === "caido" ? "caido" : "fallo");
      return esperar(REINTENTO);
    } finally {
      enCurso = null;
    }
    if (huella() !== enterado) esperar(PAUSA);
  }

  formulario.addEventListener("input", () => esperar(PAUSA));
  formulario.addEventListener("change", () => esperar(PAUSA));
  // What is sent now is newer than any draft on its way, which must not land after it.
  formulario.addEventListener("submit", () => {
    clearTimeout(reloj);
    enCurso?.abort();
    enterado = huella();
  });
  document.addEventListener("visibilitychange", () => document.hidden && guardar(true));
  if (huella() !== enterado) esperar(PAUSA); // typed before this script arrived
}
const CIERRES = { 401: "cerrada", 403: "caducada", 404: "cambio", 409: "cambio" };

/** Beside the field: what another tab or person saved there; both texts stay. */
function senalar(campo, guardado) {
  const plantilla = document.getElementById("guardado-ajeno");
  campo.querySelector("[data-ajeno]")?.remove();
  const nota = plantilla.content.firstElementChild.cloneNode(true);
  const texto = nota.querySelector("[data-dice]");
  texto.textContent = texto.dataset.dice.replace("{guardado}", guardado || texto.dataset.vacio);
  campo.append(nota);
}
