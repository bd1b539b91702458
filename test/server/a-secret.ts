import { createHmac, generateKeyPairSync } from "node:crypto";

/** PEM in the form that GitHub hands out. */
export const privateKey: string = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
}).privateKey;

export const webhookSecret = "a-webhook-secret-of-tests";

export const sign = (body: string | Buffer, secret = webhookSecret): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
