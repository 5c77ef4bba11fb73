/** Whether the agent with that key may call the tool now. Throws where no decision can be had: then it may not. */
export async function check(credential: string, tool: string, args: object): Promise<{ allowed: boolean; reason: string }> {
  const response = await fetch("${ANSWERABLE_URL}/v1/check", {
    method: "POST",
    headers: {
      "Authorization": "Bearer ${ANSWERABLE_GATEWAY_KEY}",
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      credential,
      server: "${ANSWERABLE_SERVER}",
      method: "tools/call",
      tool,
      arguments: args,
    }),
    signal: AbortSignal.timeout(2000),
  });
  if (response.status !== 200) throw new Error(`no decision: ${response.status}`);
  const answer = await response.json();
  return { allowed: answer.decision === true, reason: answer.reason };
}
