curl --fail-with-body --max-time 5 "${ANSWERABLE_URL}/v1/check?explain=true" \
  --header "Authorization: Bearer ${ANSWERABLE_GATEWAY_KEY}" \
  --header "Content-Type: application/json" \
  --data '{"credential": "ans_ak_…", "server": "${ANSWERABLE_SERVER}", "method": "tools/call", "tool": "the_tool", "arguments": {}}'
