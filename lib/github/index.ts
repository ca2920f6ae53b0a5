export { GithubDeployIdentity, type GithubDeployIdentityProps } from "./deploy-identity/deploy-identity";
export { github } from "./provider";
