// The one form of challenge that every client parser reads correctly, parsed without mercy:
// Bearer SP name="value" *( ", " name="value" )

const PARAMETER = /^([a-z_]+)="([\x20\x21\x23-\x5b\x5d-\x7e]*)"(?:, |$)/;

/** The parameters by name, or an Error that says where the field leaves the form. */
export function parseChallenge(field) {
  if (!field?.startsWith('Bearer ')) {
    throw new Error(`no Bearer challenge in WWW-Authenticate: ${field}`);
  }
  const parameters = {};
  let rest = field.slice('Bearer '.length);
  while (rest !== '') {
    const found = rest.match(PARAMETER);
    if (!found || found[1] in parameters) {
      throw new Error(`WWW-Authenticate is not in canonical form at: ${rest}`);
    }
    parameters[found[1]] = found[2];
    rest = rest.slice(found[0].length);
  }
  return parameters;
}
