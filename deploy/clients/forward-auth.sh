# 200 is allowed, with X-Answerable-Actor, -Owner and -Decision-Id for the server behind; 401 and 403 are not.
# The agent's own credential stays in Authorization; the gateway says who it is in a header that no client can set.
curl --include --max-time 5 "${ANSWERABLE_URL}/v1/forward-auth/${ANSWERABLE_SERVER}" \
  --header "X-Answerable-Gateway: ${ANSWERABLE_GATEWAY_KEY}" \
  --header "Authorization: Bearer ans_ak_…" \
  --header "X-Forwarded-Method: POST" --header "X-Forwarded-Uri: /mcp" \
  --header "MCP-Protocol-Version: 2026-07-28" --header "Mcp-Method: tools/call" --header "Mcp-Name: the_tool"
