import type { Emulator } from "./emulator";

/** ARN of every resource that carries a tag, in one region, as the emulator's tagging API lists them. */
export async function taggedResources(emulator: Emulator, region: string): Promise<string[]> {
  const answer = await call(emulator, { region, service: "tagging", target: "ResourceGroupsTaggingAPI_20170126.GetResources" });
  return (answer as { ResourceTagMappingList: { ResourceARN: string }[] }).ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);
}

/** One request of an AWS JSON API. The emulator reads region and service from the signature's scope and checks no signature. */
async function call(emulator: Emulator, request: { region: string; service: string; target: string }): Promise<unknown> {
  const scope = `test/20200101/${request.region}/${request.service}/aws4_request`;
  const response = await fetch(emulator.url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": request.target,
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ ResourcesPerPage: 100 }),
  });
  if (!response.ok) throw new Error(`${request.target}: ${response.status} ${await response.text()}`);
  return response.json();
}
