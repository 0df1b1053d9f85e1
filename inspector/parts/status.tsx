/** A status, coloured by its class. */
export function Status({ status }: { status: number | string }) {
  return <span class={`status s${String(status)[0]}`}>{status}</span>;
}

export function Method({ method }: { method: string }) {
  return <span class={`method ${method.toLowerCase()}`}>{method}</span>;
}
