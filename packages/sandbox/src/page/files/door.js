/** Asks the door this page came from. Throws with the door's own sentence. */
export async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (response.status === 204) return undefined;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `The door answered ${response.status}.`);
  return answer;
}

export const path = (...parts) => `/${parts.map(encodeURIComponent).join("/")}`;
