/** Id of the add-in in its manifest. Exchange keeps what an add-in writes into an item under this name (MS-OXCEXT 2.2.5, `cecp-<id>`). */
export const addinId = '0b8e2c4a-6d1f-4e3b-9a57-c2d4e6f80a1b';
