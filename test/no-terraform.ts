/** Nothing in the unit suite needs Terraform, and nothing may: the engine has validations that would run it. */
process.env.TERRAFORM_BINARY_NAME = "no-terraform-in-unit-tests";
