/* Made from the hub's OpenAPI document by npm run generate. */
export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists accounts */
        get: operations["listAccounts"];
        put?: never | undefined;
        /** Gives a person an account */
        post: operations["createAccount"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows an account */
        get: operations["getAccount"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        /** Changes an account’s roles or password, disables or enables it; ends its sessions */
        patch: operations["changeAccount"];
        trace?: never | undefined;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists API keys: one’s own, operators everybody’s */
        get: operations["listApiKeys"];
        put?: never | undefined;
        /**
         * Makes a key by which a system acts on one’s behalf
         * @description It has at most the roles of whoever makes it, now and later, and ends by itself.
         */
        post: operations["createApiKey"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Ends an API key at once */
        delete: operations["revokeApiKey"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/approvals": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what policies asked people, newest first */
        get: operations["listApprovals"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/approvals/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows what a policy asked, and the answer */
        get: operations["getApproval"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/approvals/{id}/approve": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Agrees: what the policy wants is done */
        post: operations["approveApproval"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/approvals/{id}/deny": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Refuses: what the policy wants is not done */
        post: operations["denyApproval"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/attributes": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the attributes that are defined, at most 100 of a kind of entity */
        get: operations["listAttributes"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/attributes/{kind}/{name}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows an attribute’s definition, and how many entities do not fit it */
        get: operations["getAttribute"];
        /**
         * Defines an attribute, or defines it anew
         * @description Values that entities have stay as they are; `misfits` says how many do not fit.
         */
        put: operations["putAttribute"];
        post?: never | undefined;
        /** Removes an attribute’s definition; values that entities have stay until they are taken away */
        delete: operations["removeAttribute"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Lists who did what to what, and why it was allowed or refused, in order of time
         * @description `about` is the id of anything: an order, a delivery, a device, a decision, an account. All filters must hold.
         */
        get: operations["listAudit"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * The whole audit as lines of JSON, for `sutler audit verify`
         * @description Rows of other tenants are in it as digests, which the chains need. A head is signed first.
         */
        get: operations["exportAudit"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/audit/heads": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Lists the signed heads of the audit, oldest first
         * @description Whoever keeps them elsewhere can show later that nothing before them was altered or removed.
         */
        get: operations["listAuditHeads"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/authority": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows the certificate authority of the installation */
        get: operations["getAuthority"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/authority/intermediates": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Makes a key for a new issuing authority, and the request that the root is to sign */
        post: operations["requestIntermediate"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/authority/intermediates/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        /**
         * Brings the certificate of a new issuing authority: it signs from now on
         * @description Certificates that the one before has signed are good until they end.
         */
        put: operations["installIntermediate"];
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/authority/root/export": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Hands out the root’s key, encrypted, and deletes it: from then on it is offline */
        post: operations["exportRootKey"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/blobs/{digest}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        /** Uploads one file under its digest */
        put: operations["uploadBlob"];
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/blobs/{digest}/upload": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Tells how far an upload has come, so that one that was cut can go on */
        get: operations["getUpload"];
        put?: never | undefined;
        post?: never | undefined;
        /** Forgets what came of an upload that is not gone on with */
        delete: operations["giveUpUpload"];
        options?: never | undefined;
        head?: never | undefined;
        /**
         * Sends the next piece of a file; with its last one the file is stored
         * @description What came of a piece that was cut is kept. An upload that nobody goes on with is forgotten after a day.
         */
        patch: operations["continueUpload"];
        trace?: never | undefined;
    };
    "/api/v1/blobs/missing": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Tells which files the hub does not have yet */
        post: operations["listMissingBlobs"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/blobs/usage": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Tells how much the stored files take, and for what */
        get: operations["getBlobUsage"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/browser/sessions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Logs a person in from the hub’s own page: the session is in a cookie
         * @description It ends after 30 minutes without a request, and after 12 hours. A session that the browser had ends at once.
         */
        post: operations["createBrowserSession"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/browser/setup": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Makes the account that a one-time link is for from the hub’s own page, and logs in there */
        post: operations["acceptInvitationInBrowser"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists campaigns */
        get: operations["listCampaigns"];
        put?: never | undefined;
        /**
         * Writes a campaign down and looks at its devices
         * @description Nothing is ordered before it is started. Follow it until it is `planned`; its preview says what it would do.
         */
        post: operations["createCampaign"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a campaign with its waves and what people did about it */
        get: operations["getCampaign"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}/abort": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Ends a campaign: orders nothing more and cancels what is open */
        post: operations["abortCampaign"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}/approve": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Lets a wave begin that waits for a second person */
        post: operations["approveCampaign"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}/pause": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Orders nothing more until it is resumed; what is open goes on */
        post: operations["pauseCampaign"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}/preview": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Says what a planned campaign would do: for which devices, for which not and why, how many bytes, until when */
        get: operations["getCampaignPreview"];
        put?: never | undefined;
        /** Looks at the devices of a planned campaign again */
        post: operations["previewCampaign"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}/resume": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Goes on with a paused campaign, in spite of what made it pause */
        post: operations["resumeCampaign"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}/roll-back": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Brings every household back to where the campaign found it */
        post: operations["rollBackCampaign"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}/start": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Starts a planned campaign */
        post: operations["startCampaign"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/campaigns/{id}/targets": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the devices of a campaign with what came of each */
        get: operations["listCampaignTargets"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/claims": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists claims, without their secrets */
        get: operations["listClaims"];
        put?: never | undefined;
        /** Makes a claim: a right to enrol devices into a household */
        post: operations["createClaim"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/claims/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Ends a claim: nobody enrols with it from now on */
        delete: operations["revokeClaim"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/consents": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what households were asked and have answered */
        get: operations["listConsents"];
        put?: never | undefined;
        /**
         * Grants, denies or takes back a household’s consent
         * @description May be given before anybody asks. What is held for it is decided again; what is installed already stays.
         */
        post: operations["answerConsent"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/consents/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a consent with all that led to it */
        get: operations["getConsent"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists deliveries */
        get: operations["listDeliveries"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/deliveries/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a delivery */
        get: operations["getDelivery"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/deliveries/{id}/answers": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what policy answered about a delivery, newest first; none when it went at once */
        get: operations["listPolicyAnswers"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/device-operations": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists operations over many devices, newest first */
        get: operations["listDeviceOperations"];
        put?: never | undefined;
        /**
         * Starts what was previewed
         * @description Refused when the number of selected devices has moved by 5 or more, and by more than 5 %, since the preview.
         */
        post: operations["runDeviceOperation"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/device-operations/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows how far an operation over many devices has come */
        get: operations["getDeviceOperation"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/device-operations/{id}/cancel": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Stops an operation over many devices; what was done stays done */
        post: operations["cancelDeviceOperation"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/device-operations/{id}/exceptions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the devices that an operation was not done to, with the reason */
        get: operations["listDeviceOperationExceptions"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/device-operations/previews": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Shows what would be done to the devices of a selection, and to which not and why; nothing is done
         * @description The token that it answers is good for 15 minutes. Orders for many devices are campaigns.
         */
        post: operations["previewDeviceOperation"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists devices */
        get: operations["listDevices"];
        put?: never | undefined;
        /** Adds a device that speaks a protocol of its own, with its identity and credential there */
        post: operations["createDevice"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a device with its latest capability report */
        get: operations["getDevice"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        /** Changes a device’s name, tags or attributes */
        patch: operations["changeDevice"];
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/campaigns": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what campaigns did, or did not do, for a device, newest first */
        get: operations["listDeviceCampaigns"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/capabilities/history": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Lists a device’s capability reports, newest first
         * @description Only reports that differ from the one before in more than free storage are kept.
         */
        get: operations["listCapabilityHistory"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/decommission": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Takes a device out of service for good: it is disconnected and cannot come back */
        post: operations["decommissionDevice"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/history": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what changed of a device, newest first: which attributes, by whom, from what to what */
        get: operations["listDeviceHistory"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/identities": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what a device is called in its protocols, and what it proves itself by, without secrets */
        get: operations["listDeviceIdentities"];
        put?: never | undefined;
        /**
         * Gives a device an identity in one more protocol
         * @description It is let in over it once that is the protocol that it is to speak: PUT /api/v1/devices/{id}/protocol.
         */
        post: operations["addDeviceIdentity"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/identities/{identity}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Takes an identity from a device, with its credentials: nobody is let in by it from now on */
        delete: operations["removeDeviceIdentity"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/identities/{identity}/credentials": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Gives an identity of a device a new credential, in place of what it has of that kind or beside it */
        post: operations["addDeviceCredential"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/identities/{identity}/credentials/{credential}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Takes a credential from an identity of a device: nobody is let in by it from now on */
        delete: operations["revokeDeviceCredential"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/logs": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what a device logged and sent, newest first; the last twenty are kept, for at most a week */
        get: operations["listDeviceLogs"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/notes": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the notes on a device, newest first */
        get: operations["listDeviceNotes"];
        put?: never | undefined;
        /** Writes a note on a device, for other operators */
        post: operations["createDeviceNote"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/notes/{note}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Deletes a note on a device */
        delete: operations["deleteDeviceNote"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/outputs": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists a device’s outputs, oldest first; done ones are kept for a week */
        get: operations["listDeviceOutputs"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/policy": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Explains whether a delivery to the device would be offered now, rule by rule
         * @description The rules of preferences, then what policies say. Of the delivery no version and no size is known: its `version` is empty, its `bytes` and `files` are 0.
         */
        get: operations["explainDevicePolicy"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/protocol": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        /**
         * Says which protocol a device is to speak: in any other it is refused from now on
         * @description What is open for it is offered anew over that protocol.
         */
        put: operations["changeDeviceProtocol"];
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/release": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Ends the quarantine of a device, and makes the claim with which it enrols again, with a new key */
        post: operations["releaseDevice"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/{id}/requests": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Asks one device for a report, its log, other settings, a restart, or to show a text
         * @description It is queued, and sent when the device can be reached. Not every protocol can ask for everything.
         */
        post: operations["askDevice"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/count": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Counts devices */
        get: operations["countDevices"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/devices/filter-fields": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Says what filters may ask of devices */
        get: operations["listFilterFields"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/enrolments": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists enrolments that a person decides, or has decided within the last days */
        get: operations["listEnrolments"];
        put?: never | undefined;
        /**
         * Enrols a device that holds a claim and a key of its own
         * @description The same claim and key again gives the same answer again, with status 200. Where a person has to agree first the answer is 202: ask again.
         */
        post: operations["enrolDevice"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/enrolments/{id}/accept": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Lets in a device that speaks a protocol of its own, and says whose it is and of which class
         * @description From then on it is let in by what it has shown. An enrolment with a claim is approved instead.
         */
        post: operations["acceptDevice"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/enrolments/{id}/approve": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Agrees to the enrolment of a device */
        post: operations["approveEnrolment"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/enrolments/{id}/refuse": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Refuses the enrolment of a device */
        post: operations["refuseEnrolment"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/enrolments/renewals": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Gives a device a new certificate in place of one that is good still
         * @description The device shows its certificate to the web server (TLS), or signs. Both certificates are good until the new one is first used.
         */
        post: operations["renewCertificate"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/event-types": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the types of events, with the schemas of their data */
        get: operations["listEventTypes"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/events": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Streams lifecycle events as they happen (server-sent events) */
        get: operations["streamEvents"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/explanations/deliveries/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Explains why a delivery is where it is */
        get: operations["explainDelivery"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/explanations/devices/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Explains why a device has, or has not, a service or a version of it */
        get: operations["explainDevice"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/explanations/orders/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Explains why an order is where it is */
        get: operations["explainOrder"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/exports/deliveries": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** All deliveries, line by line, oldest first */
        get: operations["exportDeliveries"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/exports/devices": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** All devices, or those that a filter matches, line by line */
        get: operations["exportDevices"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/exports/orders": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** All orders, line by line, oldest first */
        get: operations["exportOrders"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/exports/subscriptions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** All subscriptions, line by line, oldest first */
        get: operations["exportSubscriptions"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/firings": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Lists firings of policies, newest first: what held, what did not, and what was done
         * @description Those that did something are kept for 90 days, those that did not hold for 7, the first 200 of a policy and hour.
         */
        get: operations["listFirings"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/firings/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a firing of a policy */
        get: operations["getFiring"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/gateway-credentials": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the credentials that batches of devices share, without their secrets */
        get: operations["listGatewayCredentials"];
        put?: never | undefined;
        /** Makes a credential that a batch of devices shares: who shows it and is unknown waits for a person */
        post: operations["createGatewayCredential"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/gateway-credentials/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Ends a credential of a batch: its devices that have none of their own are refused from now on */
        delete: operations["revokeGatewayCredential"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists groups of devices */
        get: operations["listGroups"];
        put?: never | undefined;
        /**
         * Makes a group of devices
         * @description A static group is a list that people keep; a live group is a filter, and whatever matches it is in the group.
         */
        post: operations["createGroup"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/groups/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a group */
        get: operations["getGroup"];
        put?: never | undefined;
        post?: never | undefined;
        /** Deletes a group; its devices stay */
        delete: operations["deleteGroup"];
        options?: never | undefined;
        head?: never | undefined;
        /** Changes a group’s name, or the filter of a live group */
        patch: operations["changeGroup"];
        trace?: never | undefined;
    };
    "/api/v1/groups/{id}/devices": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the devices that are in a group now */
        get: operations["listGroupDevices"];
        put?: never | undefined;
        /** Puts devices into a static group and takes others out */
        post: operations["changeGroupDevices"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/history": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Steps of all instances, newest first
         * @description One request looks for 2 s at most: a page may have fewer items than asked for, or none, and more follow all the same. Only a `next` of null ends the list. The span of time narrows what is looked at.
         */
        get: operations["searchHistory"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/households": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists households */
        get: operations["listHouseholds"];
        put?: never | undefined;
        /** Makes a household */
        post: operations["createHousehold"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/households/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a household */
        get: operations["getHousehold"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        /** Changes a household’s name, kind, time zone, tags or attributes */
        patch: operations["changeHousehold"];
        trace?: never | undefined;
    };
    "/api/v1/households/{id}/history": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what changed of a household, newest first: which attributes, by whom, from what to what */
        get: operations["listHouseholdHistory"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/households/{id}/merge/{from}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** What merging two households would move from one (`from`) to the other (`id`), what would end, and what keeps them apart */
        get: operations["previewMergeHouseholds"];
        put?: never | undefined;
        /**
         * Makes two households one: all of the one (`from`) is the other’s (`id`) from then on
         * @description For good. The id that is given up answers with 410 and names the other.
         */
        post: operations["mergeHouseholds"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/households/{id}/notes": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the notes on a household, newest first */
        get: operations["listHouseholdNotes"];
        put?: never | undefined;
        /** Writes a note on a household, for other operators */
        post: operations["createHouseholdNote"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/households/{id}/notes/{note}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Deletes a note on a household */
        delete: operations["deleteHouseholdNote"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/households/{id}/preferences/effective": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows which preferences hold for a household or one of its devices, and who decided each matter */
        get: operations["effectivePreferences"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/households/duplicates": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists households that seem to be there several times: same name and time zone */
        get: operations["listDuplicateHouseholds"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/identity-providers": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists where people may log in elsewhere */
        get: operations["listIdentityProviders"];
        put?: never | undefined;
        /**
         * Lets people log in through an OpenID Connect provider
         * @description Register `callback` of the answer with the provider as the redirect URI.
         */
        post: operations["createIdentityProvider"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/identity-providers/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Takes an identity provider away; accounts stay */
        delete: operations["removeIdentityProvider"];
        options?: never | undefined;
        head?: never | undefined;
        /** Changes name, secret, scopes or role mapping of an identity provider, disables or enables it */
        patch: operations["changeIdentityProvider"];
        trace?: never | undefined;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists imports, newest first */
        get: operations["listImports"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows how far an import has come */
        get: operations["getImport"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/imports/devices": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Imports devices that are to come: a claim for each, bound to serial number and household
         * @description text/csv with a head, or application/x-ndjson; columns as in docs/guide/fleet.md. Answers with a line of JSON per line while the upload is still going on: read it meanwhile.
         */
        post: operations["importDevices"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/imports/subscriptions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Imports subscriptions: an order for each line
         * @description text/csv with a head, or application/x-ndjson; columns as in docs/guide/fleet.md. Answers with a line of JSON per line while the upload is still going on: read it meanwhile.
         */
        post: operations["importSubscriptions"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Instances, by model and id
         * @description One request looks at 50,000 instances at most, and for 2 s: a page may have fewer items than asked for, or none, and more follow all the same. Only a `next` of null ends the list. `attention`, `parent` and `model` narrow what is looked at.
         */
        get: operations["listInstances"];
        put?: never | undefined;
        /**
         * Start an instance of a published model, and send it a first signal
         * @description Answered when the first signal was taken, or after 5 s: it is durable in any case.
         */
        post: operations["startInstance"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** One instance as it is now */
        get: operations["getInstance"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}/cancel": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Send an instance its model’s own cancel, or end it where there is none */
        post: operations["cancelInstance"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}/diagram": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** A picture of an instance’s model with its current states */
        get: operations["drawInstance"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}/history": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** The steps of an instance, newest first */
        get: operations["getInstanceHistory"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}/live": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Streams the steps of an instance as they happen (server-sent events) */
        get: operations["streamInstance"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}/repair": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Set an instance’s states and data by hand, and take its flag off */
        post: operations["repairInstance"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}/retry": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Take the flag off an instance; send the signal that failed once more, start the tasks that failed again */
        post: operations["retryInstance"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}/signals": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Send a signal and hear what became of it */
        post: operations["signalInstance"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/instances/{model}/{id}/skip": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Take the flag off an instance and go on without what failed */
        post: operations["skipInstance"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists invitations */
        get: operations["listInvitations"];
        put?: never | undefined;
        /** Makes a one-time link by which a person makes an account, with name and password of their own choice */
        post: operations["createInvitation"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/invitations/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Withdraws an invitation that was not used yet */
        delete: operations["revokeInvitation"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/me": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Says who the token belongs to */
        get: operations["getPrincipal"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        /** Changes one’s own password and ends all of one’s sessions */
        put: operations["changeOwnPassword"];
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Published models, each version */
        get: operations["listModels"];
        put?: never | undefined;
        /**
         * Check a model and publish it
         * @description A published version never changes. The same content again is answered with 200; other content under the same version is refused.
         */
        post: operations["publishModel"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/{name}/{version}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** One version of a model, as document and as text */
        get: operations["getModel"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/{name}/{version}/diagram": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** A picture of a model */
        get: operations["drawModel"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/{name}/live": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Streams the steps of all instances of a model as they happen (server-sent events) */
        get: operations["streamModel"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/{name}/migrations": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Migrations of a model’s instances, newest first */
        get: operations["listMigrations"];
        put?: never | undefined;
        /**
         * Move running instances to another version, each in one transaction
         * @description Goes on after the answer, at any hub; the migration says how far it is.
         */
        post: operations["migrateInstances"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/{name}/migrations/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** How far a migration is */
        get: operations["getMigration"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/{name}/migrations/{id}/cancel": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Move no more instances; those that were moved stay so */
        post: operations["cancelMigration"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/{name}/migrations/{id}/refusals": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Instances that a migration did not move, and why */
        get: operations["listMigrationRefusals"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/{name}/migrations/preview": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * What would become of running instances; nothing is changed
         * @description A page is one look at the instances by id: it counts those that would move and names at most `limit` that would not. With `next`, more were not looked at yet.
         */
        post: operations["previewMigration"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/models/check": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Everything that there is to say of a model; nothing is stored */
        post: operations["checkModel"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/names": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Says what devices, households, people and groups are called */
        get: operations["listNames"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what people are told of by e-mail */
        get: operations["listNotifications"];
        put?: never | undefined;
        /**
         * Has a person told of events by e-mail, once whoever reads the address has agreed
         * @description A question is sent to the address; nothing else is before it was answered by the link in it. Much that happens at a time is told in one message; there are ten messages an hour at most.
         */
        post: operations["createNotification"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/notifications/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows what a person is told of by e-mail */
        get: operations["getNotification"];
        put?: never | undefined;
        post?: never | undefined;
        /** Ends and forgets a notification */
        delete: operations["deleteNotification"];
        options?: never | undefined;
        head?: never | undefined;
        /**
         * Changes what a person is told of by e-mail, switches it off or on
         * @description One that its reader has ended, or whose address was refused, stays ended: make another.
         */
        patch: operations["changeNotification"];
        trace?: never | undefined;
    };
    "/api/v1/notifications/{id}/mails": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Lists the messages that were sent for a notification, the newest first
         * @description Kept for 14 days.
         */
        get: operations["listNotificationMails"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/oidc/{id}/callback": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Takes the browser back from an identity provider: the session is in a cookie */
        get: operations["finishOidcLogin"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/oidc/{id}/start": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Sends the browser to an identity provider to log in there */
        get: operations["startOidcLogin"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists orders */
        get: operations["listOrders"];
        put?: never | undefined;
        /**
         * Orders services for a household
         * @description The order is durable and acknowledged when this answers; follow it by its id or in the event stream.
         */
        post: operations["createOrder"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows an order with its deliveries */
        get: operations["getOrder"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/orders/{id}/cancel": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Cancels what is still open of an order */
        post: operations["cancelOrder"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/orders/{id}/items/{item}/retry": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Tries a failed item again, on the devices that did not get it */
        post: operations["retryOrderItem"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/overview/devices": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Counts devices by class, protocol and state
         * @description Counted when somebody asks, and so seldom that it costs the database little: `countedAt` says when.
         */
        get: operations["tallyDevices"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/overview/orders": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Counts orders, deliveries, campaigns and subscriptions
         * @description Counted when somebody asks, and so seldom that it costs the database little: `countedAt` says when.
         */
        get: operations["tallyOrders"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/overview/outcomes": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** How many deliveries were confirmed, failed or cancelled, over the last day or month */
        get: operations["outcomeSeries"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/overview/presence": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** How many devices were connected, over the last day or month */
        get: operations["presenceSeries"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists policies, oldest first */
        get: operations["listPolicies"];
        put?: never | undefined;
        /**
         * Writes a policy: its first version
         * @description It does nothing until it was tried out and activated.
         */
        post: operations["createPolicy"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/policies/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a policy */
        get: operations["getPolicy"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/policies/{id}/off": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Takes a policy out of force, with its holds and what it has not gone through yet */
        post: operations["switchPolicyOff"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/policies/{id}/versions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the versions of a policy, newest first */
        get: operations["listPolicyVersions"];
        put?: never | undefined;
        /** Writes the next version of a policy; those that are there stay as they are */
        post: operations["createPolicyVersion"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/policies/{id}/versions/{version}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a version of a policy */
        get: operations["getPolicyVersion"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/policies/{id}/versions/{version}/activate": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Puts a version in force, in place of the one before */
        post: operations["activatePolicyVersion"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/policies/{id}/versions/{version}/trials": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the trials of a version, oldest first; the last 50 of a policy are kept */
        get: operations["listPolicyTrials"];
        put?: never | undefined;
        /**
         * Tries a version on recorded events: what it would have done
         * @description Nothing is ordered and nothing fires. Events are judged by devices, households and subscriptions as they are now, newest first; limits are not counted.
         */
        post: operations["tryPolicyVersion"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/policies/check": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Says what is wrong with a policy document, and keeps nothing */
        post: operations["checkPolicy"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/preferences/{kind}/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows the preferences of a tenant, household, user or device */
        get: operations["getPreferences"];
        /**
         * Sets the preferences of a tenant, household, user or device
         * @description Replaces the whole document. Deliveries that are held are decided again on what it says.
         */
        put: operations["putPreferences"];
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/release-requests": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists releases that were asked for, newest first */
        get: operations["listReleaseRequests"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/release-requests/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a release that was asked for */
        get: operations["getReleaseRequest"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/release-requests/{id}/approve": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Releases or promotes the version that it is about */
        post: operations["approveRelease"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/release-requests/{id}/refuse": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Leaves the version as it is, and says why */
        post: operations["refuseRelease"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/release-requests/{id}/withdraw": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Takes back what one asked for */
        post: operations["withdrawReleaseRequest"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/release-rule": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Tells whether a version is released by another person than who published it */
        get: operations["getReleaseRule"];
        /** Says whether a version is released by another person than who published it */
        put: operations["setReleaseRule"];
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/resolutions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Tells which versions a household would get, or why it cannot have what is wished; orders nothing
         * @description The household as it is, with services added and removed. What is there stays at its version unless something needs it newer; what is required comes along, and what is replaced or not needed any more goes.
         */
        post: operations["resolveHousehold"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** The roles that models fill, what each has to keep, and who fills it */
        get: operations["listRoles"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/roles/{role}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        /**
         * Chooses the version of a model that fills a role
         * @description New instances start on it; running ones stay on theirs until they are moved.
         */
        put: operations["assignRole"];
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/search": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Finds devices, people, households, groups, services and orders by what they are called
         * @description Of each kind what the principal may read; of what it may not, nothing.
         */
        get: operations["search"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the services that the principal may see, by id; of one category if wanted */
        get: operations["listServices"];
        put?: never | undefined;
        /** Makes a service that belongs to the principal */
        post: operations["createService"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows one service */
        get: operations["getService"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        /** Changes the title, the categories or the parental rating of a service */
        patch: operations["describeService"];
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/adoption": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Counts the devices that have, are to get, or failed to get each version, newest version first */
        get: operations["getServiceAdoption"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/relations": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows what a service says of others, and others of it, each by its newest version */
        get: operations["listServiceRelations"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the versions of a service, newest first */
        get: operations["listVersions"];
        put?: never | undefined;
        /**
         * Publishes a version, whole or not at all
         * @description Every file must have been uploaded (PUT /blobs/{digest}); all mistakes are told at once. Publishing the same content again answers 200 and changes nothing.
         */
        post: operations["publishVersion"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows one version: its relations and components */
        get: operations["getVersion"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/adoption": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Counts the devices that have, are to get, or failed to get a version, by component and by day */
        get: operations["getVersionAdoption"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/components/{component}/files": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the files of one component, by path */
        get: operations["listComponentFiles"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/failures": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists why a version failed on devices, most frequent reason first */
        get: operations["listVersionFailures"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/logs": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists logs that devices were asked for because a version failed on them, newest first */
        get: operations["listVersionLogs"];
        put?: never | undefined;
        /**
         * Asks devices on which a version failed for their logs
         * @description A device answers when it can be reached; logs are kept for a week. Not every device can be asked.
         */
        post: operations["askVersionLogs"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/promote": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Offers a released version to a steadier channel, too
         * @description alpha → beta → stable. Promoting it to where it is changes nothing.
         */
        post: operations["promoteVersion"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/release": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Offers a candidate to orders, on a channel */
        post: operations["releaseVersion"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/release-requests": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Asks another person to release a version, or to promote a released one */
        post: operations["requestRelease"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/state": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Moves a version on in its lifecycle
         * @description With If-Match, only if its state is still the one that was read. Moving it where it is changes nothing.
         */
        post: operations["setVersionState"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/services/{service}/versions/{version}/withdrawal": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Tells what withdrawing a version would mean, or what came of it */
        get: operations["getWithdrawal"];
        put?: never | undefined;
        /** Takes a version back: it is chosen for nobody any more; households go back to the previous one if wanted */
        post: operations["withdrawVersion"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists where one is logged in, the newest first */
        get: operations["listSessions"];
        put?: never | undefined;
        /** Logs a person in */
        post: operations["createSession"];
        /** Logs out: ends the session whose token the request carries */
        delete: operations["deleteSession"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Ends one of one’s own sessions */
        delete: operations["endSession"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Makes the account that a one-time link is for, and logs in
         * @description The token is what stands behind `#` in the link, up to the first dot. The first operator’s link is in the hub’s log.
         */
        post: operations["acceptInvitation"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/subscriptions": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists subscriptions, oldest first */
        get: operations["listSubscriptions"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/subscriptions/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a subscription */
        get: operations["getSubscription"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/tenants": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists tenants */
        get: operations["listTenants"];
        put?: never | undefined;
        /** Makes a tenant, and a one-time link by which its first operator makes an account */
        post: operations["createTenant"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/tenants/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        /** Renames a tenant, disables or enables it; nobody of a disabled one is let in */
        patch: operations["changeTenant"];
        trace?: never | undefined;
    };
    "/api/v1/trust": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows who signs what, and until when it lasts */
        get: operations["getTrust"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/trust/developers/{developer}/metadata": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Takes a developer’s own signed targets
         * @description They prove themselves by their signatures. The same again changes nothing.
         */
        post: operations["takeDeveloperMetadata"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/trust/metadata": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Takes root or targets metadata that were signed offline
         * @description A root is signed by the threshold of the root before it and by its own; versions grow by one. The first root comes together with the first targets.
         */
        post: operations["takeSignedMetadata"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/trust/metadata/{role}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Gives the newest signed metadata of a role */
        get: operations["getSignedMetadata"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/trust/online-keys": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Has this hub’s signer make another key for an online role, to be named in the next root */
        post: operations["makeOnlineKey"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/user-groups": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists groups of people */
        get: operations["listUserGroups"];
        put?: never | undefined;
        /** Makes a group of people, who may have roles by it */
        post: operations["createUserGroup"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/user-groups/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a group of people */
        get: operations["getUserGroup"];
        put?: never | undefined;
        post?: never | undefined;
        /** Deletes a group of people; they stay, without the roles that it gave */
        delete: operations["removeUserGroup"];
        options?: never | undefined;
        head?: never | undefined;
        /**
         * Renames a group of people, or sets the roles that it gives
         * @description Roles change for everybody who is in it, within some seconds.
         */
        patch: operations["changeUserGroup"];
        trace?: never | undefined;
    };
    "/api/v1/user-groups/{id}/members": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists who is in a group of people */
        get: operations["listUserGroupMembers"];
        put?: never | undefined;
        /** Puts people into a group or takes them out */
        post: operations["changeUserGroupMembers"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/users": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists people */
        get: operations["listUsers"];
        put?: never | undefined;
        /**
         * Adds a person
         * @description The person cannot log in by this alone: POST /api/v1/accounts gives an account.
         */
        post: operations["createUser"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a person */
        get: operations["getUser"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        /** Changes a person’s name, e-mail address, households, tags or attributes */
        patch: operations["changeUser"];
        trace?: never | undefined;
    };
    "/api/v1/users/{id}/erasure": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** What erasing a person would take away, and what would stay and why */
        get: operations["previewErasure"];
        put?: never | undefined;
        /**
         * Erases a person: nothing of them stays but what the law asks to be kept, under an id without a name
         * @description For good. If-Match with the ETag of the preview makes sure that it is of what was shown.
         */
        post: operations["eraseUser"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/users/{id}/export": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Everything that is kept about a person
         * @description People may ask for themselves. No secrets are in it. Each list has at most 10,000 entries, the newest ones.
         */
        post: operations["exportUser"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/users/{id}/history": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists what changed of a person, newest first: which attributes, by whom, from what to what */
        get: operations["listUserHistory"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/users/{id}/merge/{from}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** What merging two people would move from one (`from`) to the other (`id`), what would end, and what keeps them apart */
        get: operations["previewMergeUsers"];
        put?: never | undefined;
        /**
         * Makes two people one: all of the one (`from`) is the other’s (`id`) from then on
         * @description For good. The id that is given up answers with 410 and names the other.
         */
        post: operations["mergeUsers"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/users/{id}/notes": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists the notes on a person, newest first */
        get: operations["listUserNotes"];
        put?: never | undefined;
        /** Writes a note on a person, for other operators */
        post: operations["createUserNote"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/users/{id}/notes/{note}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Deletes a note on a person */
        delete: operations["deleteUserNote"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/users/duplicates": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists people that seem to be there several times: same e-mail address, or same name in one household */
        get: operations["listDuplicateUsers"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists webhooks */
        get: operations["listWebhooks"];
        put?: never | undefined;
        /**
         * Has events sent to an address, signed
         * @description Messages are CloudEvents 1.0 signed as Standard Webhooks describes, in order, at least once. What it is told is what its account may see when it happens.
         */
        post: operations["createWebhook"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a webhook */
        get: operations["getWebhook"];
        put?: never | undefined;
        post?: never | undefined;
        /** Stops and forgets a webhook */
        delete: operations["deleteWebhook"];
        options?: never | undefined;
        head?: never | undefined;
        /** Changes what a webhook is told and where, switches it off or on */
        patch: operations["changeWebhook"];
        trace?: never | undefined;
    };
    "/api/v1/webhooks/{id}/attempts": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Lists what was sent to a webhook and what became of it, the newest first
         * @description Attempts are kept for 14 days.
         */
        get: operations["listWebhookAttempts"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Sends what has happened since an event or a moment to a webhook once more
         * @description Beside the events that come, in order, with the ids that the messages had before. The webhook’s `replay` says how many were sent; one at a time.
         */
        post: operations["replayEvents"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/webhooks/{id}/resend": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Sends one event to a webhook once more and says what its receiver answered
         * @description The message has the id that it had before.
         */
        post: operations["resendEvent"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/webhooks/{id}/secret": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Makes a new secret for a webhook; for a while messages are signed with both */
        post: operations["rotateWebhookSecret"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /** Sends a test event to a webhook and says what its receiver answered */
        post: operations["testWebhook"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/healthz": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Say that the hub is alive */
        get: operations["health"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/metrics": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Measurements for Prometheus */
        get: operations["metrics"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/readyz": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Say whether the hub can do its work */
        get: operations["readiness"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/scim/v2/Groups": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists or finds groups of people */
        get: operations["listScimGroups"];
        put?: never | undefined;
        /** Makes a group of people */
        post: operations["createScimGroup"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/scim/v2/Groups/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a group of people */
        get: operations["getScimGroup"];
        /** Writes a group of people anew, with all its members */
        put: operations["replaceScimGroup"];
        post?: never | undefined;
        /** Deletes a group of people; they stay, without the roles that it gave */
        delete: operations["removeScimGroup"];
        options?: never | undefined;
        head?: never | undefined;
        /** Changes a group of people by operations; members come and go one by one */
        patch: operations["changeScimGroup"];
        trace?: never | undefined;
    };
    "/scim/v2/ResourceTypes": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists every SCIM resource type */
        get: operations["listScimResourceTypes"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/scim/v2/ResourceTypes/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a SCIM resource type */
        get: operations["getScimResourceType"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/scim/v2/Schemas": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists every SCIM schema */
        get: operations["listScimSchemas"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/scim/v2/Schemas/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a SCIM schema */
        get: operations["getScimSchema"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/scim/v2/ServiceProviderConfig": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Says which parts of SCIM 2.0 there are */
        get: operations["getScimConfiguration"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/scim/v2/Users": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /**
         * Lists or finds people with an account
         * @description Who may not read all people finds nobody but themselves.
         */
        get: operations["listScimUsers"];
        put?: never | undefined;
        /** Brings a person, with an account that logs in through an identity provider */
        post: operations["createScimUser"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/scim/v2/Users/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Shows a person with an account */
        get: operations["getScimUser"];
        /** Writes a person anew: what is not sent goes */
        put: operations["replaceScimUser"];
        post?: never | undefined;
        /** Takes the account away, with its sessions and keys; the person stays until erased */
        delete: operations["removeScimUser"];
        options?: never | undefined;
        head?: never | undefined;
        /** Changes a person by operations on attributes */
        patch: operations["changeScimUser"];
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/hub": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Registers a listener
         * @description Notifications: ServiceSpecificationCreateEvent, ServiceSpecificationChangeEvent. They are signed as Standard Webhooks describes, sent in order, at least once.
         */
        post: operations["registerCatalogListener"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/hub/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Unregisters a listener */
        delete: operations["unregisterCatalogListener"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/serviceCandidate": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists or finds ServiceCandidate objects */
        get: operations["listServiceCandidate"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/serviceCandidate/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Retrieves a ServiceCandidate by ID */
        get: operations["retrieveServiceCandidate"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/serviceCatalog": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists ServiceCatalog objects */
        get: operations["listServiceCatalog"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/serviceCatalog/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Retrieves a ServiceCatalog by ID */
        get: operations["retrieveServiceCatalog"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/serviceCategory": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists ServiceCategory objects */
        get: operations["listServiceCategory"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/serviceCategory/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Retrieves a ServiceCategory by ID */
        get: operations["retrieveServiceCategory"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/serviceSpecification": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists or finds ServiceSpecification objects, each in its newest version */
        get: operations["listServiceSpecification"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceCatalogManagement/v4/serviceSpecification/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Retrieves a ServiceSpecification by ID, in its newest version or the one that is named */
        get: operations["retrieveServiceSpecification"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceInventory/v4/hub": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Registers a listener
         * @description Notifications: ServiceCreateEvent, ServiceStateChangeEvent, ServiceAttributeValueChangeEvent. They are signed as Standard Webhooks describes, sent in order, at least once.
         */
        post: operations["registerInventoryListener"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceInventory/v4/hub/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Unregisters a listener */
        delete: operations["unregisterInventoryListener"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceInventory/v4/service": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists or finds Service objects of the inventory */
        get: operations["listService"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceInventory/v4/service/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Retrieves a Service of the inventory by ID */
        get: operations["retrieveService"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceOrdering/v4/cancelServiceOrder": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists or finds CancelServiceOrder objects, newest first */
        get: operations["listCancelServiceOrder"];
        put?: never | undefined;
        /** Creates a CancelServiceOrder: asks to cancel what is still open of an order */
        post: operations["createCancelServiceOrder"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceOrdering/v4/cancelServiceOrder/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Retrieves a CancelServiceOrder by ID */
        get: operations["retrieveCancelServiceOrder"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceOrdering/v4/hub": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        /**
         * Registers a listener
         * @description Notifications: ServiceOrderCreateEvent, ServiceOrderMilestoneEvent, ServiceOrderJeopardyEvent, ServiceOrderStateChangeEvent. They are signed as Standard Webhooks describes, sent in order, at least once.
         */
        post: operations["registerOrderListener"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceOrdering/v4/hub/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        get?: never | undefined;
        put?: never | undefined;
        post?: never | undefined;
        /** Unregisters a listener */
        delete: operations["unregisterOrderListener"];
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceOrdering/v4/serviceOrder": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Lists or finds ServiceOrder objects */
        get: operations["listServiceOrder"];
        put?: never | undefined;
        /**
         * Creates a ServiceOrder
         * @description The same order as POST /api/v1/orders takes, in TM Forum’s words: docs/guide/tmf.md.
         */
        post: operations["createServiceOrder"];
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
    "/tmf-api/serviceOrdering/v4/serviceOrder/{id}": {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        /** Retrieves a ServiceOrder by ID */
        get: operations["retrieveServiceOrder"];
        put?: never | undefined;
        post?: never | undefined;
        delete?: never | undefined;
        options?: never | undefined;
        head?: never | undefined;
        patch?: never | undefined;
        trace?: never | undefined;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            /** Format: date-time */
            createdAt: string;
            disabled: boolean;
            /** @description Also the id of the user. */
            id: string;
            name: string;
            roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
        };
        ApiKey: {
            account: string;
            actions: string[] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            /** @description Some seconds late; null = never. */
            lastUsedAt: string | null;
            name: string;
            revokedAt: string | null;
            roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
        };
        Approval: {
            /** Format: date-time */
            askedAt: string;
            /** @enum {string} */
            by: "operator" | "household";
            decided: {
                /** Format: date-time */
                at: string;
                by: string;
                decision: string;
                reason: string;
            } | null;
            delivery: string | null;
            /** @enum {string} */
            else: "deny" | "approve";
            firing: string | null;
            household: string | null;
            id: string;
            name: string;
            policy: string;
            question: string;
            /** @enum {string} */
            state: "waiting" | "approved" | "denied" | "expired";
            /** Format: date-time */
            until: string;
            version: number;
        };
        ApprovalAnswer: {
            /** @default  */
            reason: string;
        };
        AssignRole: {
            /** @description A published version of the model; null = the newest that came with the hub. */
            version: string | null;
        };
        AttributeDefinition: {
            /** Format: date-time */
            createdAt: string;
            description: string;
            /** @description Of a number: whole ones only. */
            integer?: boolean | undefined;
            /** @enum {string} */
            kind: "device" | "user" | "household";
            maximum?: number | string | undefined;
            maxLength?: number | undefined;
            /** @description Of a number; of a date, such as `2026-01-31`. */
            minimum?: number | string | undefined;
            /** @description Of a string, characters. */
            minLength?: number | undefined;
            name: string;
            required: boolean;
            /** @enum {string} */
            type: "string" | "number" | "boolean" | "date" | "enum";
            /** @description Of an enum: all that it can be. */
            values?: string[] | undefined;
        };
        AttributeWithMisfits: {
            /** Format: date-time */
            createdAt: string;
            description: string;
            /** @description Of a number: whole ones only. */
            integer?: boolean | undefined;
            /** @enum {string} */
            kind: "device" | "user" | "household";
            maximum?: number | string | undefined;
            maxLength?: number | undefined;
            /** @description Of a number; of a date, such as `2026-01-31`. */
            minimum?: number | string | undefined;
            /** @description Of a string, characters. */
            minLength?: number | undefined;
            /** @description How many have a value that does not fit, or lack one that is required. */
            misfits: number;
            name: string;
            required: boolean;
            /** @enum {string} */
            type: "string" | "number" | "boolean" | "date" | "enum";
            /** @description Of an enum: all that it can be. */
            values?: string[] | undefined;
        };
        AuditEntry: {
            about: string[];
            action: string;
            /** Format: date-time */
            at: string;
            chain: number;
            changes: {
                data: {
                    [key: string]: unknown;
                };
                household: string | null;
                subject: string;
                type: string;
            }[];
            /** @description How often within a minute, where that is not once. */
            count: number;
            /** @description Null for the hub’s own work, which follows from earlier decisions. */
            decision: string | null;
            object: {
                [key: string]: string;
            };
            position: number;
            principal: {
                id: string;
                kind: string;
                name?: string | undefined;
            };
            reason: string;
            request: string | null;
            tenant: string;
            /** @description allowed, forbidden, hidden, refused */
            verdict: string;
        };
        AuditHead: {
            /** @description Signed, when older rows were removed up to here. */
            cut: string | null;
            /** @description The text that is signed: number, time, digest of the head before, ends of all chains. */
            head: string;
            /** @description Public key, base64url. */
            key: string;
            number: number;
            /** @description Ed25519 over `sutler-audit-head/1\n<head>`, base64url. */
            signature: string;
        };
        AuthoredModel: {
            /** @description The canonical document (docs/engine.md section 7). */
            document?: {
                [key: string]: unknown;
            };
            /** @description Or text in the pattern language. */
            text?: string | undefined;
        };
        Authority: {
            /** @description SHA-256 of the root’s certificate, base64url. */
            fingerprint: string;
            issuer: string;
            /** Format: date-time */
            issuerExpiresAt: string;
            /** @description PEM */
            root: string;
            /** @enum {string} */
            rootKey: "hub" | "offline";
        };
        Blob: {
            /** @description SHA-256, 64 lower-case hexadecimal digits. */
            digest: string;
            /** @description Bytes. */
            size: number;
        };
        BlobUsage: {
            /** @description Needed, and not on the disk or spoilt: to be restored from a backup. */
            lost: {
                /** @description How many. */
                blobs: number;
                bytes: number;
            };
            /** @description Files that versions need, their file lists and patches included. */
            needed: {
                /** @description How many. */
                blobs: number;
                bytes: number;
            };
            /** @description Of these, patches between files. */
            patches: {
                /** @description How many. */
                blobs: number;
                bytes: number;
            };
            /** @description All that is on the disk. */
            stored: {
                /** @description How many. */
                blobs: number;
                bytes: number;
            };
            /** @description What the files of all versions would take if each version had its own. */
            unshared: {
                /** @description How many. */
                blobs: number;
                bytes: number;
            };
            /** @description Nothing needs them; they are removed when nobody has relied on them for the grace. */
            waiting: {
                /** @description How many. */
                blobs: number;
                bytes: number;
            };
        };
        BrowserSession: {
            /** Format: date-time */
            expiresAt: string;
            principal: components["schemas"]["Principal"];
        };
        Campaign: {
            action: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            currentWave: number;
            id: string;
            name: string;
            service: string;
            /** Format: date-time */
            since: string;
            startedAt: string | null;
            startedBy: string | null;
            state: components["schemas"]["CampaignState"];
            version: string | null;
            why: string;
        };
        CampaignActRequest: {
            /** @default  */
            reason: string;
        };
        CampaignApprovalRequest: {
            /** @default  */
            reason: string;
            wave: number;
        };
        CampaignPreview: {
            bytes: {
                changedFilesOnly: number;
                whole: number;
                withPatches: number;
            };
            campaign: string;
            classes: {
                [key: string]: number;
            };
            forecast: {
                basis: string;
                /** Format: date-time */
                late: string;
                /** Format: date-time */
                likely: string;
            };
            order: string[][];
            planned: number;
            /** Format: date-time */
            plannedAt: string;
            skipped: {
                devices: number;
                first: {
                    device: string;
                    reason: string;
                }[];
                /** @enum {string} */
                kind: "quarantined" | "decommissioned" | "does-not-fit" | "already-has-it" | "household-has-it" | "no-subscription" | "not-suspended" | "already-suspended" | "other-tenant";
            }[];
            waves: {
                devices: number;
                first: string[];
                number: number;
            }[];
            zones: {
                [key: string]: number;
            };
        };
        CampaignRequest: {
            approvals?: {
                before: number;
                /**
                 * @default abort
                 * @enum {string}
                 */
                else: "pause" | "abort" | "roll-back";
                /**
                 * @default operator
                 * @enum {string}
                 */
                role: "operator" | "developer" | "sponsor";
                within?: string | undefined;
            }[];
            /** @default null */
            errorBudget: {
                /**
                 * @default pause
                 * @enum {string}
                 */
                else: "pause" | "abort" | "roll-back";
                /** @default 20 */
                sample: number;
                share: number;
            } | null;
            gates?: {
                after: number | "each";
                /**
                 * @default pause
                 * @enum {string}
                 */
                else: "pause" | "abort" | "roll-back";
                errors?: number | undefined;
                sample?: number | undefined;
                soak?: string | undefined;
                success?: number | undefined;
                within?: string | undefined;
            }[];
            /** @default false */
            joining: boolean;
            name: string;
            /**
             * @default pause
             * @enum {string}
             */
            onDeadline: "pause" | "abort" | "roll-back";
            order: {
                /** @enum {string} */
                action: "add" | "modify" | "suspend" | "resume" | "remove";
                allOrNothing?: boolean | undefined;
                /** @enum {string} */
                channel?: "alpha" | "beta" | "stable" | undefined;
                priority?: number | undefined;
                service: string;
                version?: string | undefined;
            };
            pauseAtMost?: string | undefined;
            rate?: {
                grows?: {
                    every: string;
                    factor: number;
                    upTo: number;
                };
                perMinute: number;
            };
            selection: components["schemas"]["DeviceSelection"];
            /**
             * @default [
             *       {
             *         "percent": 100
             *       }
             *     ]
             */
            waves: ({
                count: number;
            } | {
                percent: number;
            } | {
                group: string;
            })[] | {
                factor: number;
                first: {
                    count: number;
                } | {
                    percent: number;
                };
            };
            /** @default [] */
            windows: {
                dtstart: string;
                duration: string;
                exdate?: string[] | undefined;
                /**
                 * @default allow
                 * @enum {string}
                 */
                kind: "allow" | "deny";
                name?: string | undefined;
                rrule?: string | undefined;
            }[];
            within?: string | undefined;
        };
        /** @enum {string} */
        CampaignState: "planning" | "planned" | "running" | "waiting" | "paused" | "aborting" | "rolling-back" | "completed" | "aborted" | "rolled-back" | "failed";
        CampaignTarget: {
            backOrder: string | null;
            before: string | null;
            campaign: string;
            device: string;
            household: string;
            kind: string;
            order: string | null;
            reason: string;
            state: components["schemas"]["CampaignTargetState"];
            wave: number;
        };
        /** @enum {string} */
        CampaignTargetState: "planned" | "skipped" | "ordered" | "done" | "failed" | "refused" | "cancelled" | "returning" | "returned" | "kept" | "not-returned";
        CampaignWave: {
            beganAt: string | null;
            cancelled: number;
            done: number;
            failed: number;
            kept: number;
            notReturned: number;
            number: number;
            open: number;
            passedAt: string | null;
            placedAt: string | null;
            returned: number;
            returning: number;
            size: number;
        };
        CampaignWithWaves: {
            action: string;
            acts: {
                act: string;
                /** Format: date-time */
                at: string;
                by: string;
                decision: string;
                name: string;
                reason: string;
                wave: number | null;
            }[];
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            currentWave: number;
            document: {
                [key: string]: unknown;
            };
            id: string;
            name: string;
            service: string;
            /** Format: date-time */
            since: string;
            startedAt: string | null;
            startedBy: string | null;
            state: components["schemas"]["CampaignState"];
            version: string | null;
            waves: components["schemas"]["CampaignWave"][];
            why: string;
        };
        CancelRequest: {
            /** @description End it at once, whatever its model says of `cancel`. */
            force?: boolean | undefined;
            /** @description Why; kept in history. */
            reason: string;
        };
        CapabilityReport: {
            /** @enum {string} */
            class: "set-top-box" | "phone" | "gateway";
            features: string[];
            hardware: {
                arch: string;
                cpus?: number | undefined;
                model: string;
            };
            installed: {
                component: string;
                epoch: number;
                manifest: string;
                service: string;
                version: string;
            }[];
            /** @description What its protocol cannot carry to it, and why: by install role, `several-files`. */
            limits?: {
                [key: string]: string;
            };
            memory?: {
                /** @description Bytes. */
                total: number;
            };
            /** @description Its way to the hub; absent = it does not say. */
            network?: {
                metered: boolean;
                type: string;
            };
            os: {
                name: string;
                version: string;
            };
            /** @description Over which it was said; absent = native. */
            protocol?: string | undefined;
            runtimes: {
                [key: string]: string;
            };
            storage?: {
                /** @description Bytes. */
                free: number;
                /** @description Bytes. */
                total: number;
            };
            timeZone?: string | undefined;
            /** @description What a device without our agent says it runs, in its own words. */
            units?: {
                name: string;
                version: string;
            }[];
        };
        CheckedModel: {
            /** @description At most 1,000. */
            findings: components["schemas"]["ModelFinding"][];
            /** @description The document; null when it cannot be executed at all. */
            model: {
                [key: string]: unknown;
            } | null;
            /** @description It could be published. */
            sound: boolean;
        };
        Claim: {
            approval: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            device: string | null;
            /** Format: date-time */
            expiresAt: string;
            household: string;
            id: string;
            /**
             * @description What proves it: a secret, or a claim certificate.
             * @enum {string}
             */
            kind: "token" | "certificate";
            order: string | null;
            revokedAt: string | null;
            serial: string | null;
            serialPrefix: string | null;
            used: number;
            uses: number;
        };
        ComponentFile: {
            /** @description SHA-256, 64 lower-case hexadecimal digits. */
            digest: string;
            /** @description 420 (0644) or 493 (0755). */
            mode: number;
            path: string;
            /** @description Bytes. */
            size: number;
        };
        Consent: {
            askedFor: string | null;
            /** Format: date-time */
            changedAt: string;
            household: string;
            id: string;
            /** @enum {string} */
            kind: "service" | "category" | "update";
            /** @enum {string} */
            state: "asked" | "granted" | "denied" | "revoked";
            target: string;
        };
        ConsentAnswer: {
            /**
             * @description `revoked` takes back what was granted.
             * @enum {string}
             */
            answer: "granted" | "denied" | "revoked";
            household: string;
            /**
             * @description A service, all services of a category, or one update: that one version of a service comes by itself.
             * @enum {string}
             */
            kind: "service" | "category" | "update";
            /** @default  */
            reason: string;
            /** @description Id of the service, name of the category, or `<service>@<version>`. */
            target: string;
        };
        ConsentWithHistory: {
            askedFor: string | null;
            /** Format: date-time */
            changedAt: string;
            history: {
                /** Format: date-time */
                at: string;
                by: string | null;
                decision: string | null;
                delivery: string | null;
                reason: string;
                /** @enum {string} */
                state: "asked" | "granted" | "denied" | "revoked";
            }[];
            household: string;
            id: string;
            /** @enum {string} */
            kind: "service" | "category" | "update";
            /** @enum {string} */
            state: "asked" | "granted" | "denied" | "revoked";
            target: string;
        };
        Delivery: {
            bytes: number;
            component: string;
            /** Format: date-time */
            createdAt: string;
            detail: string;
            device: string;
            files: number;
            household: string;
            id: string;
            item: string;
            /** @enum {string} */
            kind: "install" | "suspend" | "remove";
            manifest: string | null;
            order: string;
            progress: {
                done: number;
                stage: string;
                total: number;
            };
            proof: {
                /** @description Where a device without our agent says what it runs; absent: digests prove it. */
                by?: string | undefined;
                detail: string;
                files: number;
                holds: boolean;
                wrong: string[];
            } | null;
            /** @enum {string} */
            purpose: "carry-out" | "restore";
            service: string;
            settledAt: string | null;
            state: components["schemas"]["DeliveryState"];
            subscription: string;
            turn: number;
            /** Format: date-time */
            updatedAt: string;
            version: string;
        };
        /** @enum {string} */
        DeliveryState: "planned" | "held" | "pending" | "accepted" | "confirmed" | "failed" | "cancelled";
        Device: {
            /** @description Of the tenant’s own (GET /api/v1/attributes), by name. */
            attributes: {
                [key: string]: string | number | boolean;
            };
            capabilities: components["schemas"]["CapabilityReport"] | null;
            /** @enum {string} */
            class: "set-top-box" | "phone" | "gateway";
            /** Format: date-time */
            createdAt: string;
            household: string;
            id: string;
            name: string;
            /**
             * @description How it speaks with the hub; `native`: our agent.
             * @enum {string}
             */
            protocol: "native" | "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
            reachable: boolean;
            /** @description When it was last connected or lost; null before the first time. */
            reachableChangedAt: string | null;
            reportedAt: string | null;
            serial: string;
            /** @enum {string} */
            state: "active" | "quarantined" | "decommissioned";
            tags: string[];
        };
        DeviceCampaign: {
            backOrder: string | null;
            before: string | null;
            campaign: string;
            device: string;
            household: string;
            kind: string;
            name: string;
            order: string | null;
            reason: string;
            state: components["schemas"]["CampaignTargetState"];
            wave: number;
        };
        DeviceCredential: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            gateway: string | null;
            id: string;
            /**
             * @description `gateway`: the one of its batch, by which it came in.
             * @enum {string}
             */
            kind: "token" | "password" | "psk" | "certificate" | "public-key" | "connection-request" | "gateway";
            subject: string | null;
            /** @description SHA-256 of a certificate or public key, hexadecimal. */
            thumbprint: string | null;
            /** @description Null = the identity. */
            username: string | null;
        };
        DeviceGroup: {
            /** Format: date-time */
            createdAt: string;
            /** @description Of a live group. */
            filter: string | null;
            id: string;
            /** @enum {string} */
            kind: "static" | "live";
            name: string;
        };
        DeviceIdentity: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            credentials: components["schemas"]["DeviceCredential"][];
            device: string;
            id: string;
            identity: string;
            /** @description It is the protocol that the device is to speak; with any other identity it is refused. */
            inForce: boolean;
            /** @enum {string} */
            protocol: "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
        };
        DeviceLog: {
            id: number;
            /** Format: date-time */
            receivedAt: string;
            /** @description Of the request that asked for it; empty when the device sent it by itself. */
            request: string;
            text: string;
        };
        DeviceOperation: {
            /** Format: date-time */
            createdAt: string;
            done: number;
            endedAt: string | null;
            failed: number;
            id: string;
            operation: {
                /** @constant */
                kind: "decommission";
            } | {
                /** @constant */
                kind: "query-capabilities";
            } | {
                group: string;
                /** @constant */
                kind: "add-to-group";
            } | {
                group: string;
                /** @constant */
                kind: "remove-from-group";
            } | {
                /** @constant */
                kind: "set-preferences";
                set: components["schemas"]["DevicePreferences"];
                /**
                 * @description Leaves these to the household.
                 * @default []
                 */
                unset: ("quietHours" | "windows" | "metered" | "autoUpdate" | "consent" | "parental" | "channels" | "urgent" | "timeZone")[];
            };
            perMinute: number;
            /** @description Devices that were selected at its start. */
            planned: number;
            selection: components["schemas"]["DeviceSelection"];
            /** @description As the devices were, it was not to be done to them. */
            skipped: number;
            startedBy: string;
            /** @enum {string} */
            state: "running" | "done" | "cancelled" | "failed";
            /**
             * Format: date-time
             * @description When it is given up at the latest.
             */
            until: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Why it ended as it did. */
            why: string;
        };
        DeviceOperationException: {
            code: string;
            detail: string;
            device: string;
            /** @enum {string} */
            outcome: "skipped" | "failed";
        };
        DeviceOperationPreview: {
            complete: boolean;
            /** @description How many are selected. */
            devices: number;
            /** Format: date-time */
            expiresAt: string;
            first: {
                class: string;
                household: string;
                id: string;
                name: string;
                /** @description Why not. */
                why: string;
                would: boolean;
            }[];
            /** @description How many of them were looked at one by one: all, or the first in order of id. */
            lookedAt: number;
            operation: {
                /** @constant */
                kind: "decommission";
            } | {
                /** @constant */
                kind: "query-capabilities";
            } | {
                group: string;
                /** @constant */
                kind: "add-to-group";
            } | {
                group: string;
                /** @constant */
                kind: "remove-from-group";
            } | {
                /** @constant */
                kind: "set-preferences";
                set: components["schemas"]["DevicePreferences"];
                /**
                 * @description Leaves these to the household.
                 * @default []
                 */
                unset: ("quietHours" | "windows" | "metered" | "autoUpdate" | "consent" | "parental" | "channels" | "urgent" | "timeZone")[];
            };
            /** @description What it would not be done to, among those that were looked at. */
            refusals: {
                code: string;
                detail: string;
                devices: number;
                /** @description Some of them. */
                first: string[];
            }[];
            selection: components["schemas"]["DeviceSelection"];
            /** @description Starts exactly this: POST /device-operations. For whoever asked, once. */
            token: string;
        };
        DeviceOperationPreviewRequest: {
            operation: {
                /** @constant */
                kind: "decommission";
            } | {
                /** @constant */
                kind: "query-capabilities";
            } | {
                group: string;
                /** @constant */
                kind: "add-to-group";
            } | {
                group: string;
                /** @constant */
                kind: "remove-from-group";
            } | {
                /** @constant */
                kind: "set-preferences";
                set?: components["schemas"]["DevicePreferences"] | undefined;
                /**
                 * @description Leaves these to the household.
                 * @default []
                 */
                unset: ("quietHours" | "windows" | "metered" | "autoUpdate" | "consent" | "parental" | "channels" | "urgent" | "timeZone")[];
            } | ({
                /** @constant */
                kind: "order";
            } & {
                [key: string]: unknown;
            });
            selection: components["schemas"]["DeviceSelection"];
        };
        DeviceOperationRequest: {
            /**
             * @description Devices per minute at most.
             * @default 3000
             */
            perMinute: number;
            /** @description Of the preview. */
            token: string;
        };
        DevicePreferences: {
            /** @description Installs that policies and campaigns order; a person’s own orders are not concerned. */
            autoUpdate?: {
                /** @enum {string} */
                default?: "on" | "ask" | "off" | undefined;
                services?: {
                    [key: string]: "on" | "ask" | "off";
                };
            };
            /** @description The channel that versions are taken from where an order names none. */
            channels?: {
                /** @enum {string} */
                default?: "alpha" | "beta" | "stable" | undefined;
                services?: {
                    [key: string]: "alpha" | "beta" | "stable";
                };
            };
            /** @description What somebody of the household must have agreed to before it is installed. Adds to what others say. */
            consent?: {
                categories?: string[] | undefined;
                services?: string[] | undefined;
            };
            /** @description Installs over a link that costs by the byte: any, none, or up to so many bytes per delivery and per month of the device. */
            metered?: ("any" | "unmetered-only") | {
                perDelivery?: number | undefined;
                perMonth?: number | undefined;
            };
            /** @description Services with a higher rating are not installed. The strictest limit counts; null = no limit here. */
            parental?: {
                maximumRating: number;
            } | null;
            /** @description While they last nothing is delivered. `from` after `to` goes over midnight; null = none. */
            quietHours?: {
                /** @description Local time of the device, 24 hours, HH:MM. */
                from: string;
                /** @description Local time of the device, 24 hours, HH:MM. */
                to: string;
            } | null;
            /** @description IANA name; used in place of what the device reports (device), or for devices that report none. */
            timeZone?: string | undefined;
            /**
             * @description Whether an order of priority 0 may go through quiet hours and windows.
             * @enum {string}
             */
            urgent?: "may-pass" | "waits" | undefined;
            /** @description When deliveries may go; an empty list = at any time. */
            windows?: {
                /** @description Local time of the device, of the first: `2026-06-01T22:00`. */
                dtstart: string;
                /** @description For example `PT4H`; at most 31 days. */
                duration: string;
                /** @description Local times of starts that are left out. */
                exdate?: string[] | undefined;
                /**
                 * @description Deliveries go within an `allow` window (if there are any) and in no `deny` window.
                 * @enum {string}
                 */
                kind: "allow" | "deny";
                /** @description For people. */
                name?: string | undefined;
                /** @description How it repeats, for example `FREQ=WEEKLY;BYDAY=SA,SU`; absent = once. */
                rrule?: string | undefined;
            }[];
        };
        DeviceRequest: {
            /**
             * @description Say again what you are and what you run.
             * @constant
             */
            kind: "query-capabilities";
        } | {
            /** @constant */
            kind: "restart";
            /** @default  */
            reason: string;
        } | {
            /** @constant */
            kind: "configure";
            /** @description By the names that the device’s data model has for them. */
            settings: {
                [key: string]: string | number | boolean;
            };
        } | {
            /** @default 65536 */
            bytes: number;
            /** @constant */
            kind: "collect-log";
        } | {
            /** @constant */
            kind: "message";
            text: string;
        };
        DeviceSelection: {
            /** @description These. */
            devices?: string[] | undefined;
            /** @description A condition in CEL over `device`, `report` and `household` (docs/guide/fleet.md). */
            filter?: string | undefined;
            /** @description Those of the group, as it is at the time. */
            group?: string | undefined;
        };
        EffectivePreferences: {
            channel: ("alpha" | "beta" | "stable") | null;
            device: string | null;
            household: string;
            matters: {
                binding: boolean;
                /** @enum {string} */
                matter: "quietHours" | "windows" | "metered" | "autoUpdate" | "consent" | "parental" | "channels" | "urgent" | "timeZone";
                overridden: string[];
                source: string;
                value: unknown;
            }[];
            timeZone: {
                name: string;
                source: string;
            };
            user: string | null;
        };
        Enrolment: {
            /** @description The root’s certificate, PEM: by it the hub is recognised. */
            authority: string;
            /** @description The device’s certificate and its issuer’s, PEM. */
            certificate: string;
            /** @description The device’s id; its MQTT client id and user name. */
            device: string;
            /**
             * Format: date-time
             * @description When the certificate ends; the agent renews it before.
             */
            expiresAt: string;
            household: string;
            /** @description The hub’s id, part of what the device signs to connect. */
            hub: string;
            /** Format: date-time */
            issuedAt: string;
            /** @description `mqtts://host:port` of the broker. */
            mqtt: string;
            /** @description Signed root metadata (TUF), JSON: what the device verifies services by from now on. */
            trustRoot: string;
        };
        EnrolmentTicket: {
            /** Format: date-time */
            askedAt: string;
            /** @description Null of a device that speaks a protocol of its own. */
            claim: string | null;
            /** @description Null = whoever agrees says it. */
            class: ("set-top-box" | "phone" | "gateway") | null;
            decidedAt: string | null;
            decidedBy: string | null;
            /** @description What it became, or the device that it says to be. */
            device: string | null;
            /** Format: date-time */
            expiresAt: string;
            /** @description The credential of its batch that it has shown. */
            gateway: string | null;
            /** @description Null = whoever agrees says it. */
            household: string | null;
            id: string;
            /** @description What it calls itself in its protocol; null of a native device. */
            identity: string | null;
            /** @enum {string} */
            protocol: "native" | "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
            /** @description What it says of itself: nobody has checked it. */
            says: {
                [key: string]: string;
            };
            serial: string;
            /**
             * @description `approved` until the device has come for its certificate.
             * @enum {string}
             */
            state: "waiting" | "approved" | "refused" | "enrolled";
        };
        EntityHistoryEntry: {
            /** Format: date-time */
            at: string;
            /** @description Null: the device, or the hub by itself. */
            by: {
                id: string;
                kind: string;
                name: string | null;
            } | null;
            changes: {
                after: unknown;
                before: unknown;
                name: string;
            }[];
            /**
             * @description Whose word it is: `device`, what it says of itself; `operator`, what people say; what systems outside say.
             * @enum {string}
             */
            owner: "device" | "operator" | "directory" | "scim";
        };
        Erasure: {
            erased: {
                /** @description Why it is treated so. */
                because?: string | undefined;
                count: number;
                what: string;
            }[];
            /** @description What is not erased, and why. */
            stays: {
                /** @description Why it is treated so. */
                because?: string | undefined;
                count: number;
                what: string;
            }[];
        };
        EventType: {
            /** @description JSON Schema (draft 7) of its `data`. More fields may come. */
            schema: {
                [key: string]: unknown;
            };
            type: string;
            /** @description When it happens. */
            when: string;
        };
        Explanation: {
            /** @description The whole in one sentence. */
            answer: string;
            /** @description From the wish to how it stands now; the last one says that, and why. */
            chain: components["schemas"]["ExplanationLink"][];
            /** @description What happens then. */
            next: string | null;
            /** @description Null when nothing is waited for. */
            now: {
                /** @description When that ends at the latest; null where no time is known. */
                until: string | null;
                waitsFor: string;
            } | null;
        };
        ExplanationLink: {
            /** @description When it happened; null where it holds all the time, or nobody noted when. */
            at: string | null;
            /** @description Place in the chain, from 0, of what caused it; null for a first cause. Always an earlier one. */
            cause: number | null;
            kind: components["schemas"]["ExplanationLinkKind"];
            /** @description Ids of what the sentence speaks of. */
            refs: {
                campaign?: string | undefined;
                delivery?: string | undefined;
                device?: string | undefined;
                firing?: string | undefined;
                order?: string | undefined;
                service?: string | undefined;
                version?: string | undefined;
            };
            sentence: string;
        };
        /** @enum {string} */
        ExplanationLinkKind: "wish" | "policy" | "campaign" | "choice" | "plan" | "permission" | "device" | "presence" | "withdrawal" | "restoring" | "drift" | "fit" | "state";
        ExportedRoot: {
            /** @description PEM */
            certificate: string;
            /** @description PKCS #8, encrypted, PEM. Shown this once. */
            key: string;
        };
        FilterFields: {
            fields: {
                about: string;
                kind: string;
                /** @description `[]`: of each in a list, as `exists` has them. */
                name: string;
                /** @description All that it can be. */
                values?: string[] | undefined;
            }[];
        };
        /** @description Devices that are not decommissioned, but in `byState`. */
        FleetTally: {
            byClass: {
                /** @enum {string} */
                class: "set-top-box" | "phone" | "gateway";
                devices: number;
                /** @description Of them, connected. */
                reachable: number;
            }[];
            byProtocol: {
                devices: number;
                /** @enum {string} */
                protocol: "native" | "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
                /** @description Of them, connected. */
                reachable: number;
            }[];
            byState: {
                devices: number;
                /** @description Of them, connected. */
                reachable: number;
                /** @enum {string} */
                state: "active" | "quarantined" | "decommissioned";
            }[];
            /**
             * Format: date-time
             * @description When it was counted: a second ago at best, and the longer ago the longer counting takes; at most a minute.
             */
            countedAt: string;
            devices: number;
            /** @description Of them, connected. */
            reachable: number;
        };
        GatewayCredential: {
            approval: string;
            class: ("set-top-box" | "phone" | "gateway") | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            household: string | null;
            id: string;
            /** @enum {string} */
            kind: "token" | "password" | "psk";
            name: string;
            /** @enum {string} */
            protocol: "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
            revokedAt: string | null;
            username: string | null;
        };
        HistoricCapabilityReport: {
            report: components["schemas"]["CapabilityReport"];
            /** Format: date-time */
            reportedAt: string;
        };
        HistoryEntry: {
            args: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            at: string;
            /** @description Instance data after the step; null when the step left it as it was. */
            data: {
                [key: string]: unknown;
            } | null;
            detail: string | null;
            done: boolean;
            effects: unknown[] | null;
            entry: number;
            fired: string[];
            from: string;
            /**
             * @description operated: not a signal, but what a person did (from).
             * @enum {string}
             */
            outcome: "fired" | "ignored" | "deferred" | "held" | "rejected" | "failed" | "duplicate" | "operated";
            reason: string | null;
            /** @description The signal’s id. */
            signal: string;
            states: string[];
            step: number;
            /** @description The signal’s type; `operator.…` for what a person did. */
            type: string;
        };
        Household: {
            /** @description Of the tenant’s own (GET /api/v1/attributes), by name. */
            attributes: {
                [key: string]: string | number | boolean;
            };
            /** Format: date-time */
            createdAt: string;
            id: string;
            /**
             * @description Who lives together, or an organisation: a hotel, a school. Services are ordered for either in the same way.
             * @enum {string}
             */
            kind: "household" | "organisation";
            name: string;
            tags: string[];
            timeZone: string;
        };
        IdentityProvider: {
            /** @description The redirect URI to register with the provider. */
            callback: string;
            clientId: string;
            /** Format: date-time */
            createdAt: string;
            disabled: boolean;
            id: string;
            issuer: string;
            name: string;
            roleMapping: {
                /** @description Of the ID token, for example `groups`. */
                claim: string;
                /** @description Role by value of the claim. */
                roles: {
                    [key: string]: "operator" | "developer" | "sponsor" | "subscriber" | "auditor";
                };
            } | null;
            scopes: string[];
        };
        Import: {
            created: number;
            /** Format: date-time */
            createdAt: string;
            failed: number;
            id: string;
            /** @enum {string} */
            kind: "devices" | "subscriptions";
            /** @description The lines up to here are settled. */
            lastLine: number;
            /** @description Id of the principal. */
            startedBy: string;
            /**
             * @description `cut-off`: the upload, or the hub, ended before it. What was taken until then stays.
             * @enum {string}
             */
            state: "running" | "done" | "cut-off";
            /** @description Lines whose externalId had come before. */
            unchanged: number;
            /** Format: date-time */
            updatedAt: string;
        };
        /** @description One line of the answer; the first has the id of the import, the last how it ended. */
        ImportLine: {
            line: number;
            /** @enum {string} */
            status: "created" | "unchanged" | "failed";
        };
        Instance: {
            /** @description Why a person should look at it. */
            attention: string | null;
            /** @description The arguments it was called with. */
            call: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            changedAt: string;
            children: {
                as: string;
                url: string;
                wait: boolean;
            }[];
            /** Format: date-time */
            createdAt: string;
            data: {
                [key: string]: unknown;
            };
            /** @description Signals that wait for other states. */
            deferred: {
                args: {
                    [key: string]: unknown;
                };
                from: string;
                id: string;
                type: string;
            }[];
            done: boolean;
            endedAt: string | null;
            /** @description Entries its history has had; the ETag is made of it. */
            entries: number;
            /** @description Signals that wait for a subinstance to end. */
            held: {
                args: {
                    [key: string]: unknown;
                };
                from: string;
                id: string;
                type: string;
            }[];
            id: string;
            model: string;
            parent: {
                as: string;
                url: string;
            } | null;
            /** @description The current states, sorted. */
            states: string[];
            steps: number;
            tasks: {
                key: string;
                task: string;
            }[];
            timers: {
                /** Format: date-time */
                due: string;
                id: string;
                signal: string;
            }[];
            /** @description model:<name>@<version>/<id> */
            url: string;
            version: string;
        };
        InstanceStep: {
            args: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            at: string;
            /** @description Instance data after the step; null when the step left it as it was. */
            data: {
                [key: string]: unknown;
            } | null;
            detail: string | null;
            done: boolean;
            effects: unknown[] | null;
            entry: number;
            fired: string[];
            from: string;
            id: string;
            model: string;
            /**
             * @description operated: not a signal, but what a person did (from).
             * @enum {string}
             */
            outcome: "fired" | "ignored" | "deferred" | "held" | "rejected" | "failed" | "duplicate" | "operated";
            reason: string | null;
            /** @description The signal’s id. */
            signal: string;
            states: string[];
            step: number;
            /** @description The signal’s type; `operator.…` for what a person did. */
            type: string;
        };
        IntermediateRequest: {
            /** @description PEM */
            csr: string;
            id: string;
            /** @description The common name that its certificate must have. */
            name: string;
        };
        Invitation: {
            /** Format: date-time */
            createdAt: string;
            /** @description Account id; null = the hub, for its first operator. */
            createdBy: string | null;
            email: string | null;
            /** Format: date-time */
            expiresAt: string;
            households: string[];
            id: string;
            roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
            usedAt: string | null;
            user: string | null;
        };
        ListedUserGroup: {
            /** Format: date-time */
            changedAt: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Of the system that keeps it by SCIM. */
            externalId: string | null;
            id: string;
            /** @description How many. */
            members: number;
            name: string;
            roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
        };
        Merge: {
            /** @description What keeps them from being merged, and what to do about it. */
            blocks: string[];
            ends: {
                /** @description Why it is treated so. */
                because?: string | undefined;
                count: number;
                what: string;
            }[];
            /** @description To the one that stays. */
            moves: {
                /** @description Why it is treated so. */
                because?: string | undefined;
                count: number;
                what: string;
            }[];
        };
        Migration: {
            /** @description Principal id. */
            by: string;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
            from: string;
            id: string;
            /** @description Null = all that ran the old version. */
            instances: string[] | null;
            model: string;
            moved: number;
            reason: string;
            refused: number;
            /**
             * @description running: not every instance was looked at yet.
             * @enum {string}
             */
            state: "running" | "done" | "cancelled";
            states: {
                [key: string]: string[];
            };
            to: string;
        };
        MigrationPreview: {
            cannot: components["schemas"]["MigrationRefusal"][];
            /** @description Pass as `cursor` to look at more; null when all were looked at. */
            next: string | null;
            /** @description How many of the instances that this page looked at would move. */
            wouldMove: number;
        };
        MigrationPreviewRequest: {
            /** @description The exact version to move from. */
            from: string;
            /** @description Only these, by id; absent = all that run the old version. */
            instances?: string[] | undefined;
            /** @description State of the old version → its state, or states, in the new one; one that is not named keeps its name. */
            states?: {
                [key: string]: string | string[];
            };
            /** @description The exact version to move to. */
            to: string;
        };
        MigrationRefusal: {
            /** @description Its id. */
            instance: string;
            reasons: string[];
        };
        MigrationRequest: {
            /** @description The exact version to move from. */
            from: string;
            /** @description Only these, by id; absent = all that run the old version. */
            instances?: string[] | undefined;
            /** @description Why; kept in history. */
            reason: string;
            /** @description State of the old version → its state, or states, in the new one; one that is not named keeps its name. */
            states?: {
                [key: string]: string | string[];
            };
            /** @description The exact version to move to. */
            to: string;
        };
        ModelFinding: {
            code: string;
            /** @description In the text, from 1, in UTF-16 units. */
            column?: number | undefined;
            /** @description In the text, from 1. */
            line?: number | undefined;
            message: string;
            /** @description The name that was probably meant. */
            nearest?: string | undefined;
            /** @description JSON pointer into the document. */
            pointer?: string | undefined;
            /** @enum {string} */
            severity: "error" | "warning";
            /** @description A shortest way to the states that it speaks of. */
            witness?: {
                fired: string[];
                signal: string;
                states: string[];
            }[];
        };
        ModelRole: {
            /** @description A person’s choice; null = the newest that came with the hub. */
            assigned: {
                /** Format: date-time */
                at: string;
                by: string;
                version: string;
            } | null;
            /** @description What a model has to keep to fill the role. */
            contract: {
                called: string[];
                calls: string[];
                returns: string[];
                sends: {
                    [key: string]: string[];
                };
                signals: {
                    [key: string]: {
                        [key: string]: string;
                    };
                };
                states: string[];
                tasks: string[];
            };
            /** @description In which the choice does not keep the contract of this hub; then the shipped version is used. */
            findings: components["schemas"]["ModelFinding"][];
            role: string;
            title: string;
            /** @description Of the model of that name: what new instances start on. */
            version: string | null;
        };
        ModelSummary: {
            /** @description SHA-256 of the document’s JSON with sorted keys (those of a transition’s args, set and share as they are), hexadecimal. */
            digest: string;
            name: string;
            /** Format: date-time */
            publishedAt: string;
            /** @description Principal id; null = it came with the hub. */
            publishedBy: string | null;
            title: string | null;
            version: string;
        };
        /** @description Those that the caller may see, in no particular order. */
        Names: {
            names: {
                id: string;
                name: string;
            }[];
        };
        NewApiKey: {
            account: string;
            actions: string[] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            /** @description Send as `Authorization: Bearer <key>`. Shown this once. */
            key: string;
            /** @description Some seconds late; null = never. */
            lastUsedAt: string | null;
            name: string;
            revokedAt: string | null;
            roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
        };
        NewClaim: {
            approval: string;
            /** @description With it: the root’s certificate, PEM, where the hub is recognised by it. */
            authority?: string | undefined;
            /** @description The claim certificate and its issuer’s, PEM. */
            certificate?: string | undefined;
            /** @description Give it to the device or its installer. Shown this once. Of a claim certificate its name, which is no secret. After the dot: by what the device recognises the hub (SHA-256 of its root certificate); no dot where the hub shows a certificate of another authority. */
            claim: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            device: string | null;
            /** Format: date-time */
            expiresAt: string;
            household: string;
            id: string;
            /**
             * @description What proves it: a secret, or a claim certificate.
             * @enum {string}
             */
            kind: "token" | "certificate";
            order: string | null;
            revokedAt: string | null;
            serial: string | null;
            serialPrefix: string | null;
            used: number;
            uses: number;
        };
        NewDeviceCredential: {
            id: string;
            kind: string;
            /** @description Shown this once; null = you gave it. */
            secret: string | null;
            /** @description Null = the identity. */
            username: string | null;
        };
        NewDeviceIdentity: {
            credential: components["schemas"]["NewDeviceCredential"];
            device: string;
            identity: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                device: string;
                id: string;
                identity: string;
                /** @description It is the protocol that the device is to speak; with any other identity it is refused. */
                inForce: boolean;
                /** @enum {string} */
                protocol: "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
            };
        };
        NewGatewayCredential: {
            approval: string;
            class: ("set-top-box" | "phone" | "gateway") | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            household: string | null;
            id: string;
            /** @enum {string} */
            kind: "token" | "password" | "psk";
            name: string;
            /** @enum {string} */
            protocol: "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
            revokedAt: string | null;
            /** @description Shown this once; null = you gave it. */
            secret: string | null;
            username: string | null;
        };
        NewInvitation: {
            /** Format: date-time */
            createdAt: string;
            /** @description Account id; null = the hub, for its first operator. */
            createdBy: string | null;
            email: string | null;
            /** Format: date-time */
            expiresAt: string;
            households: string[];
            id: string;
            /** @description For the person only. Good once. Shown this once. */
            link: string;
            /**
             * @description What became of the e-mail with the link: `taken` by the mail server, or hand on the link yourself.
             * @enum {string}
             */
            mailed: "no" | "taken" | "refused" | "failed";
            roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
            usedAt: string | null;
            user: string | null;
        };
        NewTenant: {
            /** Format: date-time */
            createdAt: string;
            disabled: boolean;
            id: string;
            /** @description For its first operator, good for 24 h and one account. Shown this once. */
            link: string;
            /** @description URL; it offers the tenant’s own identity providers, too. */
            loginPage: string;
            name: string;
        };
        NewWebhook: {
            /** Format: date-time */
            createdAt: string;
            /** @description In a row. */
            failures: number;
            filter: string;
            /** @enum {string} */
            format: "cloudEvents" | "serviceOrdering" | "serviceInventory" | "serviceCatalogManagement";
            household: string | null;
            id: string;
            lastError: string | null;
            lastSuccessAt: string | null;
            name: string;
            /** @description The account that it was made for: it hears what this may hear, and no more. */
            owner: string;
            /** @description Until then messages carry the signature by the secret before, too. */
            previousUntil: string | null;
            query: string;
            replay: {
                from: string | null;
                sent: number;
                until: string | null;
            } | null;
            retryAt: string | null;
            /** @description Key of the signatures (Standard Webhooks). Shown this once. */
            secret: string;
            /** @enum {string} */
            state: "active" | "disabled";
            subject: string | null;
            types: string[];
            url: string;
            /** @description Why it is switched off: somebody did it, it failed for a day, its receiver answered 410, or its account is disabled or gone. */
            why: ("asked" | "failing" | "gone" | "account") | null;
        };
        Note: {
            author: {
                id: string;
                name: string | null;
            };
            /** Format: date-time */
            createdAt: string;
            id: string;
            text: string;
        };
        Notification: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            failures: number;
            filter: string;
            household: string | null;
            id: string;
            kinds: string[];
            lastError: string | null;
            lastSentAt: string | null;
            /** @description The account that it was made for: it hears what this may hear, and no more. */
            owner: string;
            /**
             * @description `unconfirmed`: whoever reads the address has not agreed yet; after seven days it is forgotten.
             * @enum {string}
             */
            state: "unconfirmed" | "active" | "disabled";
            subject: string | null;
            types: string[];
            /** @description Why it is switched off: its reader wants no more, the mail server could not be reached for a day, it refused the address, or the account is disabled or gone. */
            why: ("unsubscribed" | "failing" | "refused" | "account") | null;
        };
        NotificationChange: {
            /** @description A CEL expression that has to hold, over `event.type`, `event.subject`, `event.household`, `event.at` and `event.data`, for example `event.data.service == "guide"`. One that cannot be answered for an event counts as not holding. Empty = every event. */
            filter?: string | undefined;
            /** @description Only events of this household. */
            household?: string | null | undefined;
            /** @description What to be told of: `orders` (My orders: what became of them, and when they are late), `devices` (A device failed, or is not as it should be), `approvals` (Somebody is asked to decide), `campaigns` (A campaign stopped or is over), `services` (Versions of services: published, released, withdrawn), `security` (Keys and signed metadata that end soon, devices with a double). */
            kinds?: ("orders" | "devices" | "approvals" | "campaigns" | "services" | "security")[] | undefined;
            /** @enum {string} */
            state?: "active" | "disabled" | undefined;
            /** @description Only events about this. */
            subject?: string | null | undefined;
            /** @description Types of events beside those of the kinds. */
            types?: string[] | undefined;
        };
        NotificationMail: {
            /** Format: date-time */
            at: string;
            detail: string;
            /** @description How many it told of. */
            events: number;
            id: string;
            nextTry: string | null;
            /**
             * @description `taken`: the mail server has it.
             * @enum {string}
             */
            outcome: "taken" | "refused" | "failed";
            subject: string;
        };
        NotificationRequest: {
            /** Format: email */
            email: string;
            /** @description A CEL expression that has to hold, over `event.type`, `event.subject`, `event.household`, `event.at` and `event.data`, for example `event.data.service == "guide"`. One that cannot be answered for an event counts as not holding. Empty = every event. */
            filter?: string | undefined;
            /** @description Only events of this household. */
            household?: string | null | undefined;
            /** @description What to be told of: `orders` (My orders: what became of them, and when they are late), `devices` (A device failed, or is not as it should be), `approvals` (Somebody is asked to decide), `campaigns` (A campaign stopped or is over), `services` (Versions of services: published, released, withdrawn), `security` (Keys and signed metadata that end soon, devices with a double). */
            kinds?: ("orders" | "devices" | "approvals" | "campaigns" | "services" | "security")[] | undefined;
            /** @description Only events about this. */
            subject?: string | null | undefined;
            /** @description Types of events beside those of the kinds. */
            types?: string[] | undefined;
        };
        OnlineKey: {
            keyId: string;
            /** @description 64 hexadecimal digits. */
            public: string;
            /** @enum {string} */
            role: "timestamp" | "snapshot" | "director";
            scheme: string;
        };
        OpenSession: {
            /** Format: date-time */
            createdAt: string;
            /** @description The one that this request was sent with. */
            current: boolean;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            /** @enum {string} */
            kind: "token" | "browser";
            /**
             * Format: date-time
             * @description Some seconds late.
             */
            lastUsedAt: string;
        };
        OperationRequest: {
            /** @description Why; kept in history. */
            reason: string;
        };
        Order: {
            allOrNothing: boolean;
            /** Format: date-time */
            createdAt: string;
            decision: string;
            detail: string;
            expectedCompletion: string | null;
            household: string;
            id: string;
            items: components["schemas"]["OrderItem"][];
            jeopardy: {
                /** Format: date-time */
                at: string;
                cause: string;
                /** @enum {string} */
                level: "amber" | "red";
                message: string;
            } | null;
            milestones: {
                /** Format: date-time */
                at: string;
                name: string;
            }[];
            origin: components["schemas"]["OrderOrigin"];
            priority: number;
            reference: string | null;
            requestedBy: string;
            requestedCompletion: string | null;
            requestedStart: string | null;
            settledAt: string | null;
            state: components["schemas"]["OrderState"];
            /** Format: date-time */
            updatedAt: string;
        };
        OrderItem: {
            /** @enum {string} */
            action: "add" | "modify" | "suspend" | "resume" | "move" | "remove";
            after: number[];
            attempts: number;
            because: string;
            channel: string | null;
            detail: string;
            id: string;
            /** @enum {string} */
            origin: "wished" | "required" | "recommended" | "replaced" | "unneeded";
            reasons: string[];
            service: string;
            state: components["schemas"]["OrderState"];
            subscription: string | null;
            to: string | null;
            version: string;
        };
        OrderOrigin: {
            cause: string | null;
            id: string;
            /** @enum {string} */
            kind: "person" | "system" | "policy" | "campaign" | "hub";
            name: string | null;
        };
        OrderRequest: {
            allOrNothing?: boolean | undefined;
            household: string;
            items: {
                /** @enum {string} */
                action: "add" | "modify" | "suspend" | "resume" | "move" | "remove";
                after?: number[] | undefined;
                channel?: ("stable" | "beta" | "alpha") | null | undefined;
                devices?: string[] | undefined;
                service: string;
                to?: string | undefined;
                version?: string | undefined;
            }[];
            priority?: number | undefined;
            reference?: string | undefined;
            /** Format: date-time */
            requestedCompletion?: string | undefined;
            /** Format: date-time */
            requestedStart?: string | undefined;
            withRecommended?: boolean | undefined;
        };
        /** @enum {string} */
        OrderState: "acknowledged" | "rejected" | "pending" | "held" | "inProgress" | "assessingCancellation" | "pendingCancellation" | "completed" | "partial" | "failed" | "cancelled";
        OrderWithDeliveries: {
            allOrNothing: boolean;
            /** Format: date-time */
            createdAt: string;
            decision: string;
            deliveries: components["schemas"]["Delivery"][];
            detail: string;
            expectedCompletion: string | null;
            household: string;
            id: string;
            items: components["schemas"]["OrderItem"][];
            jeopardy: {
                /** Format: date-time */
                at: string;
                cause: string;
                /** @enum {string} */
                level: "amber" | "red";
                message: string;
            } | null;
            milestones: {
                /** Format: date-time */
                at: string;
                name: string;
            }[];
            origin: components["schemas"]["OrderOrigin"];
            priority: number;
            reference: string | null;
            requestedBy: string;
            requestedCompletion: string | null;
            requestedStart: string | null;
            settledAt: string | null;
            state: components["schemas"]["OrderState"];
            /** Format: date-time */
            updatedAt: string;
        };
        /** @description Oldest first, without gaps: every hour of a day, every day of a month. */
        OutcomeSeries: {
            points: {
                /**
                 * Format: date-time
                 * @description When the hour, or the day (UTC), began.
                 */
                at: string;
                cancelled: number;
                confirmed: number;
                failed: number;
            }[];
        };
        Output: {
            delivery: string | null;
            device: string;
            doneAt: string | null;
            id: number;
            kind: string;
            /** Format: date-time */
            queuedAt: string;
            result: string | null;
            sentAt: string | null;
        };
        PersonalData: {
            /** @description By who keeps it; each list has at most 10,000, the newest ones. */
            data: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            exportedAt: string;
            user: string;
        };
        Policy: {
            active: number | null;
            /** Format: date-time */
            createdAt: string;
            group: string | null;
            id: string;
            name: string;
            newest: number;
        };
        PolicyAction: {
            approve?: components["schemas"]["PolicyApproval"] | undefined;
            hold?: components["schemas"]["PolicyHold"] | undefined;
            notify?: {
                /** @description Text in which `{…}` holds a CEL expression. */
                message: string;
            };
            order?: components["schemas"]["PolicyOrder"] | undefined;
        };
        PolicyActivation: {
            /** @default [] */
            acknowledge: ("everyone" | "nothing-seen")[];
            trial: string;
        };
        PolicyAnswer: {
            /** Format: date-time */
            at: string;
            delivery: string;
            device: string;
            /** Format: date-time */
            lastAt: string;
            rules: {
                detail: string;
                holds: boolean;
                rule: string;
                source: string;
                until: string | null;
                /** @enum {string} */
                verdict: "now" | "later" | "never";
            }[];
            times: number;
            until: string | null;
            /** @enum {string} */
            verdict: "now" | "later" | "never";
            why: string;
        };
        PolicyApproval: {
            /**
             * @default operator
             * @enum {string}
             */
            by: "operator" | "household";
            /**
             * @default deny
             * @enum {string}
             */
            else: "deny" | "approve";
            /** @description Text in which `{…}` holds a CEL expression. */
            question?: string | undefined;
            /**
             * @description An ISO 8601 duration such as `PT2H` or `P1D`.
             * @default P1D
             */
            within: string;
        };
        PolicyDecision: {
            allowed: boolean;
            rules: {
                detail: string;
                holds: boolean;
                rule: string;
                source: string;
                until: string | null;
                /** @enum {string} */
                verdict: "now" | "later" | "never";
            }[];
            until: string | null;
            /** @enum {string} */
            verdict: "now" | "later" | "never";
            why: string;
        };
        PolicyDocument: {
            /** @default  */
            description: string;
            /**
             * @description A CEL expression.
             * @default true
             */
            if: string;
            /** @default {} */
            limits: {
                perHour?: number | undefined;
                perHouseholdPerDay?: number | undefined;
                total?: number | undefined;
            };
            /** @description Unique in the tenant. */
            name: string;
            then: components["schemas"]["PolicyAction"][];
            when: components["schemas"]["PolicyTrigger"];
        };
        PolicyFanOut: {
            /** @description A CEL expression. */
            filter?: string | undefined;
            /** @enum {string} */
            of: "household" | "device" | "subscription";
            /** @description Text in which `{…}` holds a CEL expression. */
            service?: string | undefined;
        };
        PolicyFindings: {
            findings: {
                column?: number | undefined;
                detail: string;
                line?: number | undefined;
                pointer: string;
            }[];
        };
        PolicyFiring: {
            actions: components["schemas"]["PolicyFiringAction"][];
            /** Format: date-time */
            at: string;
            cause: {
                id: string;
                /** @enum {string} */
                kind: "event" | "schedule" | "localTime" | "delivery";
                what: string;
            };
            clauses: {
                detail: string;
                held: boolean;
                source: string;
            }[];
            detail: string;
            household: string | null;
            id: string;
            name: string;
            policy: string;
            /** @enum {string} */
            state: "not-held" | "limited" | "open" | "waiting" | "done" | "refused" | "denied";
            subject: string;
            version: number;
        };
        PolicyFiringAction: {
            approval?: string | undefined;
            detail: string;
            /** @enum {string} */
            kind: "order" | "hold" | "approve" | "notify";
            order?: string | undefined;
            /** @enum {string} */
            state: "open" | "waiting" | "done" | "refused" | "dropped";
            wanted: {
                [key: string]: unknown;
            };
        };
        PolicyHold: {
            /** @description A CEL expression. */
            deliveries?: string | undefined;
            /** @description An ISO 8601 duration such as `PT2H` or `P1D`. */
            for?: string | undefined;
            /**
             * @default household
             * @enum {string}
             */
            of: "household" | "everyone";
            /** @description A CEL expression. */
            until?: string | undefined;
            /** @description Text in which `{…}` holds a CEL expression. */
            why?: string | undefined;
        };
        PolicyOrder: {
            allOrNothing?: boolean | undefined;
            /**
             * @description Text in which `{…}` holds a CEL expression.
             * @default {household.id}
             */
            household: string;
            items: {
                /** @enum {string} */
                action: "add" | "modify" | "suspend" | "resume" | "move" | "remove";
                after?: number[] | undefined;
                /** @description Text in which `{…}` holds a CEL expression. */
                channel?: string | undefined;
                devices?: string[] | undefined;
                /** @description Text in which `{…}` holds a CEL expression. */
                service: string;
                /** @description Text in which `{…}` holds a CEL expression. */
                to?: string | undefined;
                /** @description Text in which `{…}` holds a CEL expression. */
                version?: string | undefined;
            }[];
            priority?: number | undefined;
            /** @description Text in which `{…}` holds a CEL expression. */
            reference?: string | undefined;
            /** @description Text in which `{…}` holds a CEL expression. */
            requestedCompletion?: string | undefined;
            /** @description Text in which `{…}` holds a CEL expression. */
            requestedStart?: string | undefined;
            withRecommended?: boolean | undefined;
        };
        PolicySwitchOff: {
            /** @default switched off by request */
            reason: string;
        };
        PolicyTrial: {
            /** Format: date-time */
            at: string;
            by: string;
            everyone: boolean;
            group: string | null;
            held: number;
            households: number;
            id: string;
            ofHouseholds: number;
            orders: number;
            policy: string;
            refused: number;
            seen: number;
            shown: {
                /** Format: date-time */
                at: string;
                clauses: {
                    detail: string;
                    held: boolean;
                    source: string;
                }[];
                held: boolean;
                household: string | null;
                what: string;
                would: string[];
            }[];
            /** Format: date-time */
            since: string;
            summary: string;
            version: number;
            whole: boolean;
        };
        PolicyTrialRequest: {
            /** @default 7 */
            days: number;
            group?: string | undefined;
        };
        PolicyTrigger: {
            /** @constant */
            before?: "delivery" | undefined;
            days?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | undefined;
            each?: components["schemas"]["PolicyFanOut"] | undefined;
            event?: string | string[] | undefined;
            /** @description Local time of the device, 24 hours, HH:MM. */
            localTime?: string | undefined;
            schedule?: string | undefined;
            timeZone?: string | undefined;
        };
        PolicyVersion: {
            activated: {
                /** Format: date-time */
                at: string;
                by: string;
                decision: string;
                trial: string;
            } | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            detail: string;
            document: components["schemas"]["PolicyDocument"];
            policy: string;
            /** @enum {string} */
            state: "draft" | "tested" | "active" | "off";
            version: number;
        };
        Preferences: {
            /** @description Installs that policies and campaigns order; a person’s own orders are not concerned. */
            autoUpdate?: {
                /** @enum {string} */
                default?: "on" | "ask" | "off" | undefined;
                services?: {
                    [key: string]: "on" | "ask" | "off";
                };
            };
            /** @description Tenants only: matters in which nobody below may say otherwise; all others are defaults. */
            binding?: ("quietHours" | "windows" | "metered" | "autoUpdate" | "consent" | "parental" | "channels" | "urgent" | "timeZone")[] | undefined;
            /** @description The channel that versions are taken from where an order names none. */
            channels?: {
                /** @enum {string} */
                default?: "alpha" | "beta" | "stable" | undefined;
                services?: {
                    [key: string]: "alpha" | "beta" | "stable";
                };
            };
            /** @description What somebody of the household must have agreed to before it is installed. Adds to what others say. */
            consent?: {
                categories?: string[] | undefined;
                services?: string[] | undefined;
            };
            /** @description Installs over a link that costs by the byte: any, none, or up to so many bytes per delivery and per month of the device. */
            metered?: ("any" | "unmetered-only") | {
                perDelivery?: number | undefined;
                perMonth?: number | undefined;
            };
            /** @description Services with a higher rating are not installed. The strictest limit counts; null = no limit here. */
            parental?: {
                maximumRating: number;
            } | null;
            /** @description While they last nothing is delivered. `from` after `to` goes over midnight; null = none. */
            quietHours?: {
                /** @description Local time of the device, 24 hours, HH:MM. */
                from: string;
                /** @description Local time of the device, 24 hours, HH:MM. */
                to: string;
            } | null;
            /** @description IANA name; used in place of what the device reports (device), or for devices that report none. */
            timeZone?: string | undefined;
            /**
             * @description Whether an order of priority 0 may go through quiet hours and windows.
             * @enum {string}
             */
            urgent?: "may-pass" | "waits" | undefined;
            /** @description Devices only: whose device it is; this user’s preferences hold for it. */
            user?: string | undefined;
            /** @description When deliveries may go; an empty list = at any time. */
            windows?: {
                /** @description Local time of the device, of the first: `2026-06-01T22:00`. */
                dtstart: string;
                /** @description For example `PT4H`; at most 31 days. */
                duration: string;
                /** @description Local times of starts that are left out. */
                exdate?: string[] | undefined;
                /**
                 * @description Deliveries go within an `allow` window (if there are any) and in no `deny` window.
                 * @enum {string}
                 */
                kind: "allow" | "deny";
                /** @description For people. */
                name?: string | undefined;
                /** @description How it repeats, for example `FREQ=WEEKLY;BYDAY=SA,SU`; absent = once. */
                rrule?: string | undefined;
            }[];
        };
        PreferencesOf: {
            id: string;
            /** @enum {string} */
            kind: "tenant" | "household" | "user" | "device";
            preferences: components["schemas"]["Preferences"];
        };
        /** @description Oldest first; every five minutes of a day, every hour of a month. */
        PresenceSeries: {
            points: {
                /** Format: date-time */
                at: string;
                devices: number;
                /** @description Of them, connected. */
                reachable: number;
            }[];
        };
        Principal: {
            /** @description Only these; absent = all that the roles allow. */
            actions?: string[] | undefined;
            households: string[];
            id: string;
            /** @enum {string} */
            kind: "person" | "system";
            name: string;
            roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
            /** @description Whose people it is of; it sees nothing of others. */
            tenant: string;
        };
        /** @description RFC 9457 problem details. */
        Problem: {
            /** @description What happened this time, to what. */
            detail: string;
            /** @description The wrong places of the request. */
            errors?: {
                /** @description From 1, in UTF-16 units. */
                column?: number | undefined;
                detail: string;
                /** @description In a text that the request has in it, from 1. */
                line?: number | undefined;
                /** @description JSON pointer into the body, or #query/<name>, or #path/<name>. */
                pointer: string;
            }[];
            /** @description The path that was asked for. */
            instance: string;
            /** @description What to do about it. */
            remedy: string;
            /** @description Finds this request in the hub’s log. */
            requestId?: string | undefined;
            /** @description The HTTP status. */
            status: number;
            /** @description What kind of problem it is. */
            title: string;
            /** @description Stable; a path on the hub that explains it: /problems/<code>. */
            type: string;
        };
        Publication: {
            digest: string;
            name: string;
            version: string;
            /** @description What does not stand against publishing it, but is doubtful. */
            warnings: components["schemas"]["ModelFinding"][];
        };
        PublishedModel: {
            /** @description SHA-256 of the document’s JSON with sorted keys (those of a transition’s args, set and share as they are), hexadecimal. */
            digest: string;
            document: {
                [key: string]: unknown;
            };
            name: string;
            /** Format: date-time */
            publishedAt: string;
            /** @description Principal id; null = it came with the hub. */
            publishedBy: string | null;
            /** @description In the pattern language: as its author wrote it, or printed where it was published as a document. Null where no text can say it: values nested deeper than texts may have them. */
            text: string | null;
            title: string | null;
            version: string;
        };
        ReleaseRequest: {
            /** Format: date-time */
            askedAt: string;
            askedBy: {
                id: string;
                name: string;
            };
            /**
             * @description How steady it is said to be; alpha also gets what is on beta, beta what is on stable.
             * @enum {string}
             */
            channel: "alpha" | "beta" | "stable";
            decidedAt: string | null;
            decidedBy: {
                id: string;
                name: string;
            } | null;
            id: string;
            /** @description Whether whoever asks could approve it. */
            mayDecide: boolean;
            note: string;
            reason: string;
            service: string;
            /** @enum {string} */
            state: "waiting" | "approved" | "refused" | "withdrawn";
            version: string;
        };
        ReleaseRule: {
            changedAt: string | null;
            changedBy: string | null;
            /** @description A version is released by another person than who published it. */
            secondPerson: boolean;
        };
        Renewal: {
            /** @description The root’s certificate, PEM: by it the hub is recognised. */
            authority: string;
            /** @description The device’s certificate and its issuer’s, PEM. */
            certificate: string;
            device: string;
            /**
             * Format: date-time
             * @description When the certificate ends; the agent renews it before.
             */
            expiresAt: string;
            /** Format: date-time */
            issuedAt: string;
        };
        RepairRequest: {
            /** @description All of the instance data from now on; absent = as it is. */
            data?: {
                [key: string]: unknown;
            };
            /** @description Why; kept in history. */
            reason: string;
            /** @description The current states from now on; absent = as they are. */
            states?: string[] | undefined;
        };
        ReplayRequest: {
            /** @description An event id, itself included, or a moment (RFC 3339). */
            from: string;
            /**
             * Format: date-time
             * @description Absent = up to now.
             */
            until?: string | undefined;
        };
        ResendRequest: {
            event: string;
        };
        Resolution: {
            /** @description What is wished first, then what that needs. */
            assignment: {
                /** @enum {string} */
                because: "wished" | "required" | "recommended";
                /** @description The version that is there now; null = none. */
                before: string | null;
                /** @description The service that requires or recommends it. */
                by: string | null;
                devices: {
                    component: string;
                    device: string;
                    /** @description Starts when those of the stages before are confirmed. */
                    stage: number;
                }[];
                leftOut: {
                    device: string;
                    reason: string;
                }[];
                service: string;
                version: string;
            }[];
            /** @description False when there was no time to leave out what does not matter. */
            minimal: boolean;
            /** @description Whether there is a choice. */
            ok: boolean;
            /** @description Layers of services: each needs nothing of the later ones. */
            order: string[][];
            /** @description Why there is no choice: all of them together; without any one there would be one. */
            reasons: {
                devices: string[];
                relation: {
                    /** @enum {string} */
                    kind: "requires" | "conflicts" | "replaces" | "recommends" | "extends";
                    ranges: string[];
                } | null;
                sentence: string;
                services: string[];
                versions: string[];
            }[];
            remove: {
                /** @enum {string} */
                because: "replaced" | "unneeded";
                reason: string;
                service: string;
                version: string;
            }[];
        };
        ReturnedSignal: {
            /** @description The signal’s arguments as changed. */
            args: {
                [key: string]: unknown;
            };
            detail?: string | undefined;
            /**
             * @description The id had been taken before: this is its first outcome.
             * @constant
             */
            duplicate?: true | undefined;
            /** @description Names of the transitions that fired. */
            fired: string[];
            /** @enum {string} */
            outcome: "fired" | "ignored" | "deferred" | "held" | "rejected" | "failed" | "duplicate";
            reason?: string | undefined;
            states: string[];
        };
        RotatedSecret: {
            /** Format: date-time */
            previousUntil: string;
            /** @description The new key of the signatures. Shown this once. */
            secret: string;
        };
        SameHouseholds: {
            /** @enum {string} */
            because: "name-and-time-zone";
            households: components["schemas"]["Household"][];
        };
        SameUsers: {
            /** @enum {string} */
            because: "e-mail" | "name-and-household";
            users: components["schemas"]["User"][];
        };
        /** @description The error of SCIM 2.0 (RFC 7644, 3.12), for everything below /scim/v2. */
        ScimError: {
            /** @description What happened, to what, what to do, and the code of the problem. */
            detail: string;
            schemas: string[];
            /** @description The keyword of RFC 7644, where it has one for this. */
            scimType?: string | undefined;
            /** @description The HTTP status. */
            status: string;
        };
        /** @description A ListResponse message (RFC 7644, 3.4.2). */
        ScimListResponse: {
            itemsPerPage: number;
            Resources: {
                [key: string]: unknown;
            }[];
            schemas: string[];
            startIndex: number;
            totalResults: number;
        } & {
            [key: string]: unknown;
        };
        /** @description A PatchOp message (RFC 7644, 3.5.2). */
        ScimPatch: {
            [key: string]: unknown;
        };
        /** @description A resource of SCIM 2.0: GET /scim/v2/Schemas has its attributes. */
        ScimResource: {
            [key: string]: unknown;
        };
        SearchAnswer: {
            /** @description Kinds of which something was found, the one with the best hit first. */
            groups: {
                hits: {
                    /** @description A second line: serial number, e-mail address, time zone, state. */
                    detail: string | null;
                    household: string | null;
                    id: string;
                    label: string;
                }[];
                /** @enum {string} */
                kind: "device" | "user" | "household" | "group" | "service" | "order";
                /** @description There are more of this kind. */
                more: boolean;
            }[];
        };
        SecretRotation: {
            /** @description How long messages carry the signature by the secret before, too; a day unless given. */
            overlapSeconds?: number | undefined;
        };
        Service: {
            /** @description What it is about, sorted. */
            categories: string[];
            /**
             * Format: date-time
             * @description UTC.
             */
            createdAt: string;
            /** @description Principal id of the owner. */
            developer: string;
            id: string;
            /** @description The age from which it is meant to be used; 0 = any. */
            parental: number;
            /**
             * @description Follows from the states of its versions.
             * @enum {string}
             */
            state: "draft" | "candidate" | "released" | "deprecated" | "retired";
            title: string;
        };
        ServiceAdoption: {
            /**
             * Format: date-time
             * @description When it was counted: some seconds ago where counting takes long.
             */
            countedAt: string;
            service: string;
            versions: {
                channel: ("alpha" | "beta" | "stable") | null;
                /** @description Devices whose newest delivery of the service failed, and was this. */
                failed: number;
                /** @description Devices on which it is what they proved last. */
                installed: number;
                /** @description Devices that are to get it. */
                pending: number;
                state: string;
                version: string;
            }[];
        };
        ServiceRelations: {
            namedBy: {
                /** @description Whose newest version says so. */
                by: {
                    service: string;
                    version: string;
                };
                /** @enum {string} */
                kind: "requires" | "conflicts" | "replaces" | "recommends" | "extends";
                /** @description Semver range, for example ^1.2.0. */
                range: string;
                service: string;
            }[];
            names: {
                /** @description Whose newest version says so. */
                by: {
                    service: string;
                    version: string;
                };
                /** @enum {string} */
                kind: "requires" | "conflicts" | "replaces" | "recommends" | "extends";
                /** @description Semver range, for example ^1.2.0. */
                range: string;
                service: string;
            }[];
        };
        Session: {
            /** Format: date-time */
            expiresAt: string;
            principal: components["schemas"]["Principal"];
            /** @description Send as `Authorization: Bearer <token>`. Shown this once. */
            token: string;
        };
        SignedMetadata: {
            /** @description The signed file itself, as text. */
            content: string;
            /**
             * Format: date-time
             * @description UTC.
             */
            expires: string;
            role: string;
            version: number;
        };
        StartedInstance: {
            /** @description Why a person should look at it. */
            attention: string | null;
            /** @description The arguments it was called with. */
            call: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            changedAt: string;
            children: {
                as: string;
                url: string;
                wait: boolean;
            }[];
            /** Format: date-time */
            createdAt: string;
            data: {
                [key: string]: unknown;
            };
            /** @description Signals that wait for other states. */
            deferred: {
                args: {
                    [key: string]: unknown;
                };
                from: string;
                id: string;
                type: string;
            }[];
            done: boolean;
            endedAt: string | null;
            /** @description Entries its history has had; the ETag is made of it. */
            entries: number;
            /** @description Signals that wait for a subinstance to end. */
            held: {
                args: {
                    [key: string]: unknown;
                };
                from: string;
                id: string;
                type: string;
            }[];
            id: string;
            model: string;
            parent: {
                as: string;
                url: string;
            } | null;
            /** @description What became of the first signal; null without one, or when it was not taken yet. */
            returned: components["schemas"]["ReturnedSignal"] | null;
            /** @description The current states, sorted. */
            states: string[];
            steps: number;
            tasks: {
                key: string;
                task: string;
            }[];
            timers: {
                /** Format: date-time */
                due: string;
                id: string;
                signal: string;
            }[];
            /** @description model:<name>@<version>/<id> */
            url: string;
            version: string;
        };
        StartRequest: {
            /** @description The arguments of its call. */
            call?: {
                [key: string]: unknown;
            };
            /** @description Unique per model; absent = a new one. */
            id?: string | undefined;
            model: string;
            /** @description Its first signal. */
            start?: {
                args?: {
                    [key: string]: unknown;
                };
                id?: string | undefined;
                signal: string;
            };
            /** @description `1`, `1.2` or `1.2.0`; absent = the highest published version. */
            version?: string | undefined;
        };
        Subscription: {
            channel: ("stable" | "beta" | "alpha") | null;
            /** @enum {string} */
            commercial: "requested" | "authorized" | "barred" | "ended";
            /** Format: date-time */
            createdAt: string;
            household: string;
            id: string;
            pinned: string | null;
            service: string;
            state: string;
            /** Format: date-time */
            updatedAt: string;
            version: string;
        };
        Tenant: {
            /** Format: date-time */
            createdAt: string;
            disabled: boolean;
            id: string;
            /** @description URL; it offers the tenant’s own identity providers, too. */
            loginPage: string;
            name: string;
        };
        TmfCancelServiceOrder: {
            "@type": string;
            cancellationReason?: string | undefined;
            /** Format: date-time */
            effectiveCancellationDate?: string | undefined;
            href: string;
            id: string;
            serviceOrder?: components["schemas"]["TmfRef"] | undefined;
            /** @enum {string} */
            state?: "accepted" | "terminatedWithError" | "inProgress" | "done" | undefined;
        } & {
            [key: string]: unknown;
        };
        TmfCharacteristic: {
            id?: string | undefined;
            name: string;
            value: unknown;
            valueType?: string | undefined;
        };
        /** @description The error of TM Forum’s Open APIs (TMF630), for everything below /tmf-api. */
        TmfError: {
            /** @constant */
            "@type": "Error";
            /** @description Stable: the code of the problem. */
            code: string;
            /** @description The wrong places of the request; an addition to TM Forum’s error. */
            errors?: {
                detail: string;
                pointer: string;
            }[];
            /** @description What happened this time, to what, and what to do about it. */
            message: string;
            /** @description What kind of problem it is. */
            reason: string;
            /** @description A path on the hub that explains it. */
            referenceError: string;
            /** @description Finds this request in the hub’s log. */
            requestId?: string | undefined;
            /** @description The HTTP status. */
            status: string;
        };
        TmfEventSubscription: {
            callback: string;
            id: string;
            query: string;
            /** @description Key of the signatures (Standard Webhooks). Shown this once; an addition to TM Forum’s resource. */
            secret: string;
        };
        TmfEventSubscriptionInput: {
            /** Format: uri */
            callback: string;
            query?: string | undefined;
        };
        TmfExternalReference: {
            "@baseType"?: string;
            "@referredType"?: string;
            "@schemaLocation"?: string;
            "@type"?: string;
            externalReferenceType?: string | undefined;
            href?: string | undefined;
            id: string;
            name?: string | undefined;
        };
        TmfItemRef: {
            "@type"?: string;
            itemAction?: string | undefined;
            itemId: string;
            role?: string | undefined;
            serviceOrderHref?: string | undefined;
            serviceOrderId?: string | undefined;
        };
        TmfNewCancelServiceOrder: {
            "@baseType"?: string;
            "@schemaLocation"?: string;
            "@type"?: string;
            cancellationReason?: string | undefined;
            serviceOrder: {
                "@baseType"?: string;
                "@referredType"?: string;
                "@schemaLocation"?: string;
                "@type"?: string;
                href?: string | undefined;
                id: string;
                name?: string | undefined;
            };
        };
        TmfNewServiceOrder: {
            "@baseType"?: string;
            "@schemaLocation"?: string;
            "@type"?: string;
            category?: string | undefined;
            description?: string | undefined;
            externalId?: string | undefined;
            externalReference?: components["schemas"]["TmfExternalReference"][] | undefined;
            note?: components["schemas"]["TmfNote"][] | undefined;
            notificationContact?: string | undefined;
            /** @enum {string} */
            priority?: "0" | "1" | "2" | "3" | "4" | undefined;
            relatedParty?: components["schemas"]["TmfRelatedParty"][] | undefined;
            /** Format: date-time */
            requestedCompletionDate?: string | undefined;
            /** Format: date-time */
            requestedStartDate?: string | undefined;
            serviceOrderItem: components["schemas"]["TmfNewServiceOrderItem"][];
        };
        TmfNewServiceOrderItem: {
            "@baseType"?: string;
            "@schemaLocation"?: string;
            "@type"?: string;
            /** @enum {string} */
            action: "add" | "modify" | "delete" | "noChange";
            id: string;
            /** @constant */
            quantity?: 1 | undefined;
            service: components["schemas"]["TmfOrderedService"];
            serviceOrderItemRelationship?: {
                "@baseType"?: string;
                "@schemaLocation"?: string;
                "@type"?: string;
                orderItem: {
                    "@baseType"?: string;
                    "@referredType"?: string;
                    "@schemaLocation"?: string;
                    "@type"?: string;
                    id?: string | undefined;
                    itemId?: string | undefined;
                };
                /** @enum {string} */
                relationshipType: "dependency" | "reliesOn";
            }[];
        };
        TmfNote: {
            "@baseType"?: string;
            "@schemaLocation"?: string;
            "@type"?: string;
            author?: string | undefined;
            /** Format: date-time */
            date?: string | undefined;
            id?: string | undefined;
            text: string;
        };
        TmfOrderedCharacteristic: {
            "@baseType"?: string;
            "@schemaLocation"?: string;
            "@type"?: string;
            id?: string | undefined;
            /** @enum {string} */
            name: "channel" | "devices";
            value: string | string[];
            valueType?: string | undefined;
        };
        TmfOrderedService: {
            "@baseType"?: string;
            "@schemaLocation"?: string;
            "@type"?: string;
            category?: string | undefined;
            description?: string | undefined;
            href?: string | undefined;
            id?: string | undefined;
            name?: string | undefined;
            relatedParty?: components["schemas"]["TmfRelatedParty"][] | undefined;
            serviceCharacteristic?: components["schemas"]["TmfOrderedCharacteristic"][] | undefined;
            serviceSpecification?: {
                "@baseType"?: string;
                "@referredType"?: string;
                "@schemaLocation"?: string;
                "@type"?: string;
                href?: string | undefined;
                id: string;
                name?: string | undefined;
                version?: string | undefined;
            };
            serviceType?: string | undefined;
            /** @enum {string} */
            state?: "active" | "inactive" | undefined;
        };
        TmfOrderErrorMessage: {
            code: string;
            message?: string | undefined;
            reason: string;
            serviceOrderItem?: components["schemas"]["TmfItemRef"][] | undefined;
            timestamp?: string | undefined;
        };
        TmfRef: {
            "@referredType"?: string;
            href?: string | undefined;
            id: string;
            name?: string | undefined;
            role?: string | undefined;
            version?: string | undefined;
        };
        TmfRelatedParty: {
            "@baseType"?: string;
            "@referredType"?: string;
            "@schemaLocation"?: string;
            "@type"?: string;
            href?: string | undefined;
            id: string;
            name?: string | undefined;
            role?: string | undefined;
        };
        TmfService: {
            "@type": string;
            /** Format: date-time */
            endDate?: string | undefined;
            href: string;
            id: string;
            relatedParty?: components["schemas"]["TmfRef"][] | undefined;
            serviceCharacteristic?: components["schemas"]["TmfCharacteristic"][] | undefined;
            /** Format: date-time */
            serviceDate?: string | undefined;
            serviceOrderItem?: components["schemas"]["TmfItemRef"][] | undefined;
            serviceSpecification?: components["schemas"]["TmfRef"] | undefined;
            /** @enum {string} */
            state?: "feasibilityChecked" | "designed" | "reserved" | "inactive" | "active" | "terminated" | undefined;
            supportingResource?: components["schemas"]["TmfRef"][] | undefined;
        } & {
            [key: string]: unknown;
        };
        TmfServiceCandidate: {
            "@type": string;
            href: string;
            id: string;
            name?: string | undefined;
            serviceSpecification?: components["schemas"]["TmfRef"] | undefined;
        } & {
            [key: string]: unknown;
        };
        TmfServiceCatalog: {
            "@type": string;
            category?: components["schemas"]["TmfRef"][] | undefined;
            href: string;
            id: string;
            name?: string | undefined;
        } & {
            [key: string]: unknown;
        };
        TmfServiceCategory: {
            "@type": string;
            href: string;
            id: string;
            name?: string | undefined;
            serviceCandidate?: components["schemas"]["TmfRef"][] | undefined;
        } & {
            [key: string]: unknown;
        };
        TmfServiceOfOrder: {
            "@type"?: string;
            href?: string | undefined;
            id?: string | undefined;
            relatedParty?: components["schemas"]["TmfRef"][] | undefined;
            serviceCharacteristic?: components["schemas"]["TmfCharacteristic"][] | undefined;
            serviceSpecification?: components["schemas"]["TmfRef"] | undefined;
            state?: string | undefined;
        } & {
            [key: string]: unknown;
        };
        TmfServiceOrder: {
            "@type": string;
            /** Format: date-time */
            cancellationDate?: string | undefined;
            cancellationReason?: string | undefined;
            /** Format: date-time */
            completionDate?: string | undefined;
            errorMessage?: components["schemas"]["TmfOrderErrorMessage"][] | undefined;
            /** Format: date-time */
            expectedCompletionDate?: string | undefined;
            externalId?: string | undefined;
            href: string;
            id: string;
            jeopardyAlert?: {
                alertDate: string;
                exception: string;
                id: string;
                jeopardyType: string;
                message: string;
                name: string;
            }[];
            milestone?: {
                id: string;
                milestoneDate: string;
                name: string;
                status: string;
            }[];
            /** Format: date-time */
            orderDate?: string | undefined;
            priority?: string | undefined;
            relatedParty?: components["schemas"]["TmfRef"][] | undefined;
            /** Format: date-time */
            requestedCompletionDate?: string | undefined;
            /** Format: date-time */
            requestedStartDate?: string | undefined;
            serviceOrderItem?: ({
                action?: string | undefined;
                errorMessage?: components["schemas"]["TmfOrderErrorMessage"][] | undefined;
                id: string;
                service?: components["schemas"]["TmfServiceOfOrder"] | undefined;
                state?: string | undefined;
            } & {
                [key: string]: unknown;
            })[];
            /** Format: date-time */
            startDate?: string | undefined;
            state?: string | undefined;
        } & {
            [key: string]: unknown;
        };
        TmfServiceSpecification: {
            "@type": string;
            href: string;
            id: string;
            lifecycleStatus?: string | undefined;
            name?: string | undefined;
            serviceSpecRelationship?: {
                "@referredType"?: string;
                href?: string | undefined;
                id: string;
                name?: string | undefined;
                relationshipType: string;
                role?: string | undefined;
                version?: string | undefined;
            }[];
            version?: string | undefined;
        } & {
            [key: string]: unknown;
        };
        Trust: {
            developers: {
                /** @description It has ended, or somebody has to sign the next one within 14 days. */
                ending: boolean;
                expires: string | null;
                keys: {
                    keyId: string;
                    scheme: string;
                }[];
                /** @description Patterns of target paths. */
                paths: string[];
                role: string;
                /** @description How many of the keys must sign. */
                threshold: number;
                /** @description Null: nothing was signed yet, or (director) each device has its own. */
                version: number | null;
            }[];
            initialised: boolean;
            onlineKeys: {
                /** @description Whether the root names it. */
                inForce: boolean;
                keyId: string;
                /** @description 64 hexadecimal digits. */
                public: string;
                /** @enum {string} */
                role: "timestamp" | "snapshot" | "director";
                scheme: string;
            }[];
            roles: {
                /** @description It has ended, or somebody has to sign the next one within 14 days. */
                ending: boolean;
                expires: string | null;
                keys: {
                    keyId: string;
                    scheme: string;
                }[];
                role: string;
                /** @description How many of the keys must sign. */
                threshold: number;
                /** @description Null: nothing was signed yet, or (director) each device has its own. */
                version: number | null;
            }[];
            /** @description Whether this hub’s signer answers. */
            signer: boolean;
        };
        Upload: {
            complete: boolean;
            /** @description SHA-256, 64 lower-case hexadecimal digits. */
            digest: string;
            /** @description Bytes that are there: the next piece begins here. */
            offset: number;
        };
        User: {
            /** @description Of the tenant’s own (GET /api/v1/attributes), by name. */
            attributes: {
                [key: string]: string | number | boolean;
            };
            /** Format: date-time */
            createdAt: string;
            email: string | null;
            households: string[];
            id: string;
            name: string;
            tags: string[];
        };
        UserGroup: {
            /** Format: date-time */
            changedAt: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Of the system that keeps it by SCIM. */
            externalId: string | null;
            id: string;
            name: string;
            roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
        };
        Version: {
            /** @description To which it was released; null before. */
            channel: ("alpha" | "beta" | "stable") | null;
            components: {
                /** @description Components that must be confirmed in the household before this one is delivered. */
                after: string[];
                /** @description Their sizes summed. */
                bytes: number;
                /** @description CEL over `report`, the capability report; true = fits. */
                compatibility: string;
                /** @enum {string} */
                deviceClass: "set-top-box" | "phone" | "gateway";
                /** @description How many files it has. */
                files: number;
                health: {
                    run: string[];
                    timeoutSeconds: number;
                } | null;
                manifest: {
                    /** @description SHA-256, 64 lower-case hexadecimal digits. */
                    digest: string;
                    /** @description Bytes. */
                    size: number;
                };
                name: string;
                /** @description How a device without our agent names it once it runs it; null = as the service and its version are named. */
                reports: {
                    name?: string | undefined;
                    version?: string | undefined;
                } | null;
                /** @enum {string} */
                restart: "none" | "device";
                /**
                 * @description What it is to the device: a foreign protocol carries each in its own way.
                 * @enum {string}
                 */
                role: "files" | "firmware" | "unit" | "configuration";
            }[];
            /**
             * Format: date-time
             * @description UTC.
             */
            createdAt: string;
            notes: string;
            relations: {
                /** @enum {string} */
                kind: "requires" | "conflicts" | "replaces" | "recommends" | "extends";
                /** @description Semver range, for example ^1.2.0. */
                range: string;
                service: string;
            }[];
            releasedAt: string | null;
            service: string;
            /**
             * @description draft → candidate → released → deprecated → retired.
             * @enum {string}
             */
            state: "draft" | "candidate" | "released" | "deprecated" | "retired";
            version: string;
        };
        VersionAdoption: {
            components: {
                component: string;
                deviceClass: string;
                /** @description Devices whose newest delivery of the service failed, and was this. */
                failed: number;
                /** @description Devices on which it is what they proved last. */
                installed: number;
                /** @description Devices that are to get it. */
                pending: number;
            }[];
            /**
             * Format: date-time
             * @description When it was counted: some seconds ago where counting takes long.
             */
            countedAt: string;
            /** @description Deliveries that ended, by day, oldest first; the last one is today. */
            days: {
                confirmed: number;
                /** @description For example `2026-11-26`, in UTC. */
                day: string;
                failed: number;
            }[];
            /** @description Devices whose newest delivery of the service failed, and was this. */
            failed: number;
            /** @description Devices on which it is what they proved last. */
            installed: number;
            /** @description Devices that are to get it. */
            pending: number;
            service: string;
            version: string;
        };
        VersionFailure: {
            /** @description The device’s error code, or a word of the hub’s for what it saw. */
            code: string;
            /** @description Deliveries, of the 10,000 newest failures at most. */
            count: number;
            devices: {
                /** Format: date-time */
                at: string;
                component: string;
                delivery: string;
                device: string;
            }[];
            /** @description The newest one in full, without secrets and personal data. */
            example: string;
            /** Format: date-time */
            newest: string;
            /** @description What the failures have in common; … stands where they differ. */
            pattern: string;
        };
        VersionLog: {
            /** Format: date-time */
            askedAt: string;
            askedBy: {
                id: string;
                name: string;
            };
            component: string;
            /** @description Why the device could not be asked. */
            detail: string;
            device: string;
            id: string;
            receivedAt: string | null;
            /** @description How many places were taken out. */
            redacted: number;
            /** @enum {string} */
            state: "asked" | "received" | "refused";
            /** @description Without secrets and personal data: […] stands in their place. */
            text: string | null;
            /** @description Why the version failed there. */
            why: string;
        };
        VersionSummary: {
            /** @description To which it was released; null before. */
            channel: ("alpha" | "beta" | "stable") | null;
            /**
             * Format: date-time
             * @description UTC.
             */
            createdAt: string;
            notes: string;
            releasedAt: string | null;
            service: string;
            /**
             * @description draft → candidate → released → deprecated → retired.
             * @enum {string}
             */
            state: "draft" | "candidate" | "released" | "deprecated" | "retired";
            version: string;
        };
        WaitingEnrolment: {
            /** Format: date-time */
            expiresAt: string;
            /** @description A person is to agree; ask again with the same claim and key, as Retry-After says. */
            ticket: string;
        };
        Webhook: {
            /** Format: date-time */
            createdAt: string;
            /** @description In a row. */
            failures: number;
            filter: string;
            /** @enum {string} */
            format: "cloudEvents" | "serviceOrdering" | "serviceInventory" | "serviceCatalogManagement";
            household: string | null;
            id: string;
            lastError: string | null;
            lastSuccessAt: string | null;
            name: string;
            /** @description The account that it was made for: it hears what this may hear, and no more. */
            owner: string;
            /** @description Until then messages carry the signature by the secret before, too. */
            previousUntil: string | null;
            query: string;
            replay: {
                from: string | null;
                sent: number;
                until: string | null;
            } | null;
            retryAt: string | null;
            /** @enum {string} */
            state: "active" | "disabled";
            subject: string | null;
            types: string[];
            url: string;
            /** @description Why it is switched off: somebody did it, it failed for a day, its receiver answered 410, or its account is disabled or gone. */
            why: ("asked" | "failing" | "gone" | "account") | null;
        };
        WebhookAttempt: {
            /** @description The beginning of the answer. */
            answer: string;
            /** Format: date-time */
            at: string;
            /** @description What went wrong. */
            detail: string | null;
            durationMilliseconds: number;
            event: string;
            id: string;
            /**
             * @description `event`: in its turn. `filter`: nothing was sent, because the filter could not be answered.
             * @enum {string}
             */
            kind: "event" | "replay" | "resend" | "test" | "filter";
            nextTry: string | null;
            /** @enum {string} */
            outcome: "delivered" | "failed";
            /** @description HTTP status of the answer; null: there was none. */
            status: number | null;
            /** @description Which of those in a row. */
            try: number;
            type: string;
        };
        WebhookChange: {
            /** @description A CEL expression that has to hold, over `event.type`, `event.subject`, `event.household`, `event.at` and `event.data`, for example `event.data.service == "guide"`. One that cannot be answered for an event counts as not holding. Empty = every event. */
            filter?: string | undefined;
            /** @description Only events of this household. */
            household?: string | null | undefined;
            /** @description For people: what it is for. */
            name?: string | undefined;
            /**
             * @description Where a webhook that is switched on goes on: with what it missed (30 days are kept), or with what comes.
             * @enum {string}
             */
            resume?: "where-it-stopped" | "now" | undefined;
            /** @enum {string} */
            state?: "active" | "disabled" | undefined;
            /** @description Only events about this: an order’s id, a device’s, … */
            subject?: string | null | undefined;
            /** @description Empty = every type. */
            types?: string[] | undefined;
            /** Format: uri */
            url?: string | undefined;
        };
        WebhookRequest: {
            /** @description A CEL expression that has to hold, over `event.type`, `event.subject`, `event.household`, `event.at` and `event.data`, for example `event.data.service == "guide"`. One that cannot be answered for an event counts as not holding. Empty = every event. */
            filter?: string | undefined;
            /** @description Only events of this household. */
            household?: string | null | undefined;
            /** @description For people: what it is for. */
            name?: string | undefined;
            /** @description Only events about this: an order’s id, a device’s, … */
            subject?: string | null | undefined;
            /** @description Empty = every type. */
            types?: string[] | undefined;
            /** Format: uri */
            url: string;
        };
        Withdrawal: {
            /** @description What a withdrawal means, in sentences. */
            consequences: string[];
            /** @description Devices that have it. */
            installed: number;
            /** @description Devices that are to get it. */
            pending: number;
            /** @description The version that households would go back to. */
            previous: string | null;
            service: string;
            /** @description Of the version. */
            state: string;
            /** @description Households whose subscription is to it. */
            subscriptions: number;
            version: string;
            withdrawn: {
                /** Format: date-time */
                at: string;
                by: {
                    id: string;
                    name: string;
                };
                reason: string;
                rollBack: {
                    /** @description Orders. */
                    placed: number;
                    refusals: {
                        detail: string;
                        household: string;
                    }[];
                    /** @description Households for which it could not be ordered. */
                    refused: number;
                    /** @enum {string} */
                    state: "running" | "done";
                    to: string;
                } | null;
            } | null;
        };
        WorkTally: {
            campaigns: {
                campaigns: number;
                /** @enum {string} */
                state: "planning" | "planned" | "running" | "waiting" | "paused" | "aborting" | "rolling-back" | "completed" | "aborted" | "rolled-back" | "failed";
            }[];
            /**
             * Format: date-time
             * @description When it was counted: a second ago at best, and the longer ago the longer counting takes; at most a minute.
             */
            countedAt: string;
            /** @description Those that are not over. */
            deliveries: {
                deliveries: number;
                /** @enum {string} */
                state: "planned" | "held" | "pending" | "accepted" | "confirmed" | "failed" | "cancelled";
            }[];
            /** @description Orders that are not over and may not be, or are not, carried out in time. */
            jeopardy: {
                amber: number;
                red: number;
            };
            orders: {
                orders: number;
                /** @enum {string} */
                state: "acknowledged" | "rejected" | "pending" | "held" | "inProgress" | "assessingCancellation" | "pendingCancellation" | "completed" | "partial" | "failed" | "cancelled";
            }[];
            /** @description Living ones, the most frequent first, at most 200 versions. */
            subscriptions: {
                service: string;
                subscriptions: number;
                version: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccounts: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Account"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the new person. */
                    households?: string[] | undefined;
                    name: string;
                    /** @description 12 to 256 characters. */
                    password: string;
                    roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
                    /** @description The person it is for; absent = a new one of the same name. */
                    user?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another account has this name or belongs to this user */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a user that does not exist; The request names a household that does not exist; The password would be guessed early */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAccount: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    disabled?: boolean | undefined;
                    /** @description 12 to 256 characters. */
                    password?: string | undefined;
                    roles?: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This is the last account that can operate the hub */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The password would be guessed early */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Only these, such as `order.write`.
                     * @default null
                     */
                    actions?: string[] | null | undefined;
                    /** @default 7776000 */
                    expiresInSeconds?: number | undefined;
                    name: string;
                    roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that; An API key cannot be given more than its owner has */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                household?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                state?: "waiting" | "approved" | "denied" | "expired" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Approval"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApproval: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveApproval: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalAnswer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This was answered already, or nobody answered in time */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    denyApproval: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalAnswer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This was answered already, or nobody answered in time */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAttributes: {
        parameters: {
            query?: {
                kind?: "device" | "user" | "household" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AttributeDefinition"][];
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAttribute: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                kind: "device" | "user" | "household";
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttributeWithMisfits"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAttribute: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                kind: "device" | "user" | "household";
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    description?: string | undefined;
                    /** @description Of a number: whole ones only. */
                    integer?: boolean | undefined;
                    maximum?: number | string | undefined;
                    maxLength?: number | undefined;
                    /** @description Of a number; of a date, such as `2026-01-31`. */
                    minimum?: number | string | undefined;
                    /** @description Of a string, characters. */
                    minLength?: number | undefined;
                    /**
                     * @description Whoever changes attributes of an entity must leave it with one.
                     * @default false
                     */
                    required?: boolean | undefined;
                    /** @enum {string} */
                    type: "string" | "number" | "boolean" | "date" | "enum";
                    /** @description Of an enum: all that it can be. */
                    values?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttributeWithMisfits"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many attributes of that kind as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeAttribute: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                kind: "device" | "user" | "household";
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many still have a value: it stays until somebody sets it to null. */
                        holders: number;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description An id that it is about. */
                about?: string | undefined;
                /** @description Such as `order.write`. */
                action?: string | undefined;
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                /** @description Id of who did it. */
                principal?: string | undefined;
                /** @description Not before then. */
                since?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAudit: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub exports its audit as often as it can at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditHeads: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditHead"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthority: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authority"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestIntermediate: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntermediateRequest"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    installIntermediate: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description PEM */
                    certificate: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The certificate is not that of the authority that was asked for */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportRootKey: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Encrypts the key. 12 to 256 characters. */
                    passphrase: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportedRoot"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub does not have the root’s key any more */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadBlob: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description SHA-256, 64 lower-case hexadecimal digits. */
                digest: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Stored; 200 when it was already */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Blob"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload stopped in the middle */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is larger than is taken here */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not of a media type that this endpoint takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The content is not what its digest says */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUpload: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description SHA-256, 64 lower-case hexadecimal digits. */
                digest: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveUpUpload: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description SHA-256, 64 lower-case hexadecimal digits. */
                digest: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    continueUpload: {
        parameters: {
            query: {
                /** @description Bytes of the file before those that are sent. */
                offset: number;
                /** @description Bytes of the whole file. */
                size: number;
            };
            header?: never | undefined;
            path: {
                /** @description SHA-256, 64 lower-case hexadecimal digits. */
                digest: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload stopped in the middle */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload does not go on where it stopped; Another request is sending the same file */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is larger than is taken here */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not of a media type that this endpoint takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The content is not what its digest says */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many uploads are unfinished */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub cannot store files at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMissingBlobs: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    digests: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Those to upload, each once. */
                        missing: string[];
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBlobUsage: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobUsage"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBrowserSession: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrowserSession"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Name or password is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A page that is not this hub’s caused the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptInvitationInBrowser: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description 12 to 256 characters. */
                    password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrowserSession"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The link is not good for making an account any more; A page that is not this hub’s caused the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another account has this name or belongs to this user */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The password would be guessed early */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                /** @description Which come first. */
                sort?: "oldest" | "newest" | undefined;
                state?: "planning" | "planned" | "running" | "waiting" | "paused" | "aborting" | "rolling-back" | "completed" | "aborted" | "rolled-back" | "failed" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Campaign"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignRequest"];
            };
        };
        responses: {
            /** @description The campaign, being planned */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This campaign could never work; There is no such service; The service has no such released version */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignWithWaves"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    abortCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignActRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignWithWaves"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The campaign is not in a state in which this can be done */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignApprovalRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignWithWaves"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that; A second person has to approve */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The campaign is not in a state in which this can be done; No approval of this wave is asked for */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignActRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignWithWaves"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The campaign is not in a state in which this can be done */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaignPreview: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignPreview"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The campaign is not in a state in which this can be done */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignActRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignWithWaves"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The campaign is not in a state in which this can be done */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignActRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignWithWaves"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The campaign is not in a state in which this can be done */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignActRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignWithWaves"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The campaign is not in a state in which this can be done */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startCampaign: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignActRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignWithWaves"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The campaign is not in a state in which this can be done */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCampaignTargets: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                kind?: "quarantined" | "decommissioned" | "does-not-fit" | "already-has-it" | "household-has-it" | "no-subscription" | "not-suspended" | "already-suspended" | "other-tenant" | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                state?: "planned" | "skipped" | "ordered" | "done" | "failed" | "refused" | "cancelled" | "returning" | "returned" | "kept" | "not-returned" | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CampaignTarget"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClaims: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                household?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Claim"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createClaim: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `none`, `person`, or a CEL expression over `serial` and `class`: where it does not hold, a person decides (GET /api/v1/enrolments?state=waiting).
                     * @default none
                     */
                    approval?: string | undefined;
                    /**
                     * @description Certification request (PKCS #10), PEM, with an empty subject: makes a claim certificate in place of a secret, for factories. A device shows it (TLS) when it enrols.
                     * @default null
                     */
                    csr?: string | null | undefined;
                    /**
                     * @description Gives this device of the household its identity back: one whose certificate has run out, or whose key is lost.
                     * @default null
                     */
                    device?: string | null | undefined;
                    /**
                     * @description At most 30 days; of a claim certificate 366.
                     * @default 3600
                     */
                    expiresInSeconds?: number | undefined;
                    /**
                     * @description Whose devices they will be; null = that of the order.
                     * @default null
                     */
                    household?: string | null | undefined;
                    /**
                     * @description The claim ends when this order does.
                     * @default null
                     */
                    order?: string | null | undefined;
                    /**
                     * @description Only the device with this serial number may use it.
                     * @default null
                     */
                    serial?: string | null | undefined;
                    /**
                     * @description Only devices whose serial number begins so may use it.
                     * @default null
                     */
                    serialPrefix?: string | null | undefined;
                    /** @default 1 */
                    uses?: number | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewClaim"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a household that does not exist; The claim is to be for a device that is not in its household; The claim is to be for an order that is not open in this household; The approval of the claim cannot be used; The certification request for a claim certificate cannot be taken */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeClaim: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConsents: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                household?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                state?: "asked" | "granted" | "denied" | "revoked" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Consent"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerConsent: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentAnswer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no consent to take back */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a household that does not exist; There is no such service to agree to */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConsent: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentWithHistory"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                device?: string | undefined;
                household?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                /** @description Only what is not over yet, or is. */
                open?: "true" | "false" | undefined;
                order?: string | undefined;
                service?: string | undefined;
                /** @description Only what was made then or later. */
                since?: string | undefined;
                /** @description Which come first. */
                sort?: "oldest" | "newest" | undefined;
                state?: "planned" | "held" | "pending" | "accepted" | "confirmed" | "failed" | "cancelled" | undefined;
                subscription?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPolicyAnswers: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyAnswer"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeviceOperations: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                state?: "running" | "done" | "cancelled" | "failed" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceOperation"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runDeviceOperation: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceOperationRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOperation"];
                };
            };
            /** @description The request is not as the API describes it; The filter cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Other devices are selected now than at the preview; Too many operations are running; That cannot be done with a group of this kind */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such preview any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The filter would cost the database too much; The request names a group that does not exist; A window is not written as iCalendar writes windows; Nothing could ever be delivered within these windows; A window opens again before it has closed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeviceOperation: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOperation"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelDeviceOperation: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    reason?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOperation"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The operation has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeviceOperationExceptions: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceOperationException"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewDeviceOperation: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceOperationPreviewRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOperationPreview"];
                };
            };
            /** @description The request is not as the API describes it; The filter cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description That cannot be done with a group of this kind */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An order for many devices is a campaign; The filter would cost the database too much; The request names a group that does not exist; A window is not written as iCalendar writes windows; Nothing could ever be delivered within these windows; A window opens again before it has closed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDevices: {
        parameters: {
            query?: {
                class?: "set-top-box" | "phone" | "gateway" | undefined;
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description A condition in CEL over `device`, `report` and `household` (docs/guide/fleet.md). */
                filter?: string | undefined;
                household?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                reachable?: "true" | "false" | undefined;
                /** @description By what, `-`: backwards. `presence`: when they were last connected or lost; those that never were are left out. */
                sort?: "id" | "name" | "-name" | "presence" | "-presence" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Device"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it; The filter cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The filter would cost the database too much */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDevice: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    class: "set-top-box" | "phone" | "gateway";
                    /** @description Absent = the protocol’s usual one, made by the hub. */
                    credential?: {
                        /** @constant */
                        kind: "token";
                        token?: string | undefined;
                    } | {
                        /** @constant */
                        kind: "password";
                        password?: string | undefined;
                        username?: string | undefined;
                    } | {
                        key?: string | undefined;
                        /** @constant */
                        kind: "psk";
                        username?: string | undefined;
                    } | {
                        /** @description PEM. */
                        certificate?: string | undefined;
                        /** @constant */
                        kind: "certificate";
                        sha256?: string | undefined;
                        /** @description As whoever verifies the certificates in front of the hub says it. */
                        subject?: string | undefined;
                    } | {
                        /** @constant */
                        kind: "public-key";
                        /** @description PEM. */
                        publicKey: string;
                    } | {
                        /** @constant */
                        kind: "connection-request";
                        password?: string | undefined;
                        username?: string | undefined;
                    };
                    household: string;
                    /** @description What the device calls itself in its protocol: controller id (ddi), identity data (mender), OUI-class-serial (cwmp), endpoint id (usp), endpoint name (lwm2m). */
                    identity: string;
                    name?: string | undefined;
                    /** @enum {string} */
                    protocol: "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
                    /** @description Absent = as far as it is one, the identity. */
                    serial?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewDeviceIdentity"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another device has this identity, or this device has one in that protocol already; The name or secret of this credential is in use already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a household that does not exist; The credential cannot be used in this protocol */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDevice: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeDevice: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Attributes by name, as they are defined (GET /api/v1/attributes); null takes one away, others stay. */
                    attributes?: {
                        [key: string]: (string | number | boolean) | null;
                    };
                    name?: string | undefined;
                    /** @description All tags that it is to have. */
                    tags?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Attributes do not keep to their definitions */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeviceCampaigns: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceCampaign"][];
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCapabilityHistory: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HistoricCapabilityReport"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decommissionDevice: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeviceHistory: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EntityHistoryEntry"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeviceIdentities: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceIdentity"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addDeviceIdentity: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Absent = the protocol’s usual one, made by the hub. */
                    credential?: {
                        /** @constant */
                        kind: "token";
                        token?: string | undefined;
                    } | {
                        /** @constant */
                        kind: "password";
                        password?: string | undefined;
                        username?: string | undefined;
                    } | {
                        key?: string | undefined;
                        /** @constant */
                        kind: "psk";
                        username?: string | undefined;
                    } | {
                        /** @description PEM. */
                        certificate?: string | undefined;
                        /** @constant */
                        kind: "certificate";
                        sha256?: string | undefined;
                        /** @description As whoever verifies the certificates in front of the hub says it. */
                        subject?: string | undefined;
                    } | {
                        /** @constant */
                        kind: "public-key";
                        /** @description PEM. */
                        publicKey: string;
                    } | {
                        /** @constant */
                        kind: "connection-request";
                        password?: string | undefined;
                        username?: string | undefined;
                    };
                    /** @description What the device calls itself in its protocol: controller id (ddi), identity data (mender), OUI-class-serial (cwmp), endpoint id (usp), endpoint name (lwm2m). */
                    identity: string;
                    /** @enum {string} */
                    protocol: "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewDeviceIdentity"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another device has this identity, or this device has one in that protocol already; The name or secret of this credential is in use already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential cannot be used in this protocol */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeDeviceIdentity: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                identity: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addDeviceCredential: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                identity: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Absent = the protocol’s usual one, made by the hub. */
                    credential?: {
                        /** @constant */
                        kind: "token";
                        token?: string | undefined;
                    } | {
                        /** @constant */
                        kind: "password";
                        password?: string | undefined;
                        username?: string | undefined;
                    } | {
                        key?: string | undefined;
                        /** @constant */
                        kind: "psk";
                        username?: string | undefined;
                    } | {
                        /** @description PEM. */
                        certificate?: string | undefined;
                        /** @constant */
                        kind: "certificate";
                        sha256?: string | undefined;
                        /** @description As whoever verifies the certificates in front of the hub says it. */
                        subject?: string | undefined;
                    } | {
                        /** @constant */
                        kind: "public-key";
                        /** @description PEM. */
                        publicKey: string;
                    } | {
                        /** @constant */
                        kind: "connection-request";
                        password?: string | undefined;
                        username?: string | undefined;
                    };
                    /**
                     * @description Takes out what the identity has of that kind, and what it came in with; false = both are good.
                     * @default true
                     */
                    replace?: boolean | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewDeviceCredential"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The name or secret of this credential is in use already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential cannot be used in this protocol */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeDeviceCredential: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                credential: string;
                id: string;
                identity: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeviceLogs: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceLog"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeviceNotes: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Note"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDeviceNote: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 4,096 bytes of UTF-8; may have several lines. */
                    text: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many notes as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDeviceNote: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                note: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeviceOutputs: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Output"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainDevicePolicy: {
        parameters: {
            query?: {
                /** @description Who would have ordered it. */
                origin?: "person" | "system" | "policy" | "campaign" | undefined;
                /** @description Of the order; 0 is the highest. */
                priority?: number | undefined;
                /** @description A service that would be installed. */
                service?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDecision"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeDeviceProtocol: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    protocol: "native" | "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: string;
                        /** @enum {string} */
                        protocol: "native" | "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The device has no identity in that protocol */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseDevice: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewClaim"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The device is not quarantined */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askDevice: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Output"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The device is out of service */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The device cannot be asked for that */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countDevices: {
        parameters: {
            query?: {
                /** @description A condition in CEL over `device`, `report` and `household` (docs/guide/fleet.md). */
                filter?: string | undefined;
                group?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            /** @description The request is not as the API describes it; The filter cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The filter would cost the database too much; The request names a group that does not exist */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFilterFields: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilterFields"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEnrolments: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                state?: "waiting" | "approved" | "refused" | "enrolled" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EnrolmentTicket"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrolDevice: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    claim: string;
                    /** @enum {string} */
                    class: "set-top-box" | "phone" | "gateway";
                    /** @description Certification request (PKCS #10), PEM: Ed25519 or P-256, no attributes; the subject empty, or one common name. */
                    csr: string;
                    serial: string;
                    /** @description With the same key over `sutler-enrol/1\n<claim>\n<serial>\n<key>`, base64url; the key is the request’s. */
                    signature: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolment"];
                };
            };
            /** @description A person is to agree */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingEnrolment"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The device cannot be enrolled with this claim */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has more of these requests than it can take at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptDevice: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Absent = that of its batch.
                     * @enum {string}
                     */
                    class?: "set-top-box" | "phone" | "gateway" | undefined;
                    /** @description Absent = that of its batch. */
                    household?: string | undefined;
                    name?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentTicket"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The enrolment does not wait for a decision any more; Another device has this identity, or this device has one in that protocol already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody has said whose device that will be, and of which class; The request names a household that does not exist */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveEnrolment: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentTicket"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The enrolment does not wait for a decision any more; Another device has this identity, or this device has one in that protocol already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody has said whose device that will be, and of which class */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuseEnrolment: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentTicket"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The enrolment does not wait for a decision any more; Another device has this identity, or this device has one in that protocol already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody has said whose device that will be, and of which class */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewCertificate: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As for an enrolment, for the same key or a new one; a name in it is the device’s id. */
                    csr: string;
                    /** @description Where the device cannot show its certificate to the web server. */
                    proof?: {
                        device: string;
                        /** @description Over `sutler-renew/1\n<hub>\n<device>\n<time>\n<key>`, base64url. */
                        signature: string;
                        /** @description Milliseconds since the Unix epoch. */
                        time: number;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Renewal"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The certificate is not renewed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has more of these requests than it can take at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEventTypes: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EventType"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description A CEL expression that has to hold, over `event.type`, `event.subject`, `event.household`, `event.at` and `event.data`, for example `event.data.service == "guide"`. One that cannot be answered for an event counts as not holding. Empty = every event. */
                filter?: string | undefined;
                household?: string | undefined;
                /** @description An event id: start after it. `Last-Event-ID` says the same and wins. */
                since?: string | undefined;
                subject?: string | undefined;
                /** @description Comma-separated event types, `delivery.*` for all of a noun; absent = every type. */
                types?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description A stream that does not end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This hub serves as many event streams as it can */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainDelivery: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainDevice: {
        parameters: {
            query?: {
                /** @description Why the device has, or has not, this service; absent = all that it has. */
                service?: string | undefined;
                /** @description This version of it; absent = the one that the household has, or the newest that it could have. */
                version?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainOrder: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportDeliveries: {
        parameters: {
            query?: {
                /** @description `ndjson`: a line of JSON per row, all of it. `csv`: a head and the columns that fit into cells. */
                format?: "ndjson" | "csv" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Delivery"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportDevices: {
        parameters: {
            query?: {
                /** @description A condition in CEL over `device`, `report` and `household` (docs/guide/fleet.md). */
                filter?: string | undefined;
                /** @description `ndjson`: a line of JSON per row, all of it. `csv`: a head and the columns that fit into cells. */
                format?: "ndjson" | "csv" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Device"];
                };
            };
            /** @description The request is not as the API describes it; The filter cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The filter would cost the database too much */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportOrders: {
        parameters: {
            query?: {
                /** @description `ndjson`: a line of JSON per row, all of it. `csv`: a head and the columns that fit into cells. */
                format?: "ndjson" | "csv" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Order"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportSubscriptions: {
        parameters: {
            query?: {
                /** @description `ndjson`: a line of JSON per row, all of it. `csv`: a head and the columns that fit into cells. */
                format?: "ndjson" | "csv" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Subscription"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFirings: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                household?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                policy?: string | undefined;
                state?: "not-held" | "limited" | "open" | "waiting" | "done" | "refused" | "denied" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyFiring"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFiring: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyFiring"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGatewayCredentials: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GatewayCredential"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createGatewayCredential: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `person`; with household and class also `none`, or a CEL expression over `serial` (the identity) and `class`: where it holds, a device comes in without a person.
                     * @default person
                     */
                    approval?: string | undefined;
                    /**
                     * @description Of which class; null = a person says it of each.
                     * @default null
                     */
                    class?: ("set-top-box" | "phone" | "gateway") | null | undefined;
                    /** @description Absent = the protocol’s usual one, made by the hub; a secret that is left out likewise. */
                    credential?: {
                        /** @constant */
                        kind: "token";
                        token?: string | undefined;
                    } | {
                        /** @constant */
                        kind: "password";
                        password?: string | undefined;
                        username?: string | undefined;
                    } | {
                        key?: string | undefined;
                        /** @constant */
                        kind: "psk";
                        username?: string | undefined;
                    };
                    /**
                     * @description Whose its devices are; null = a person says it of each.
                     * @default null
                     */
                    household?: string | null | undefined;
                    name: string;
                    /** @enum {string} */
                    protocol: "ddi" | "mender" | "cwmp" | "usp" | "lwm2m";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewGatewayCredential"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The name or secret of this credential is in use already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a household that does not exist; The credential cannot be used in this protocol; The approval of the claim cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeGatewayCredential: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGroups: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceGroup"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Makes it a static group, of these to begin with. */
                    devices?: string[] | undefined;
                    /** @description Makes it a live group: whatever matches is in it. */
                    filter?: string | undefined;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroup"];
                };
            };
            /** @description The request is not as the API describes it; The filter cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another group has that name */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The filter would cost the database too much; The request names devices that do not exist */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroup"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something depends on the group */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of a live group. */
                    filter?: string | undefined;
                    name?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroup"];
                };
            };
            /** @description The request is not as the API describes it; The filter cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another group has that name; That cannot be done with a group of this kind */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The filter would cost the database too much */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGroupDevices: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Device"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it; The filter cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The filter would cost the database too much */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeGroupDevices: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    add?: string[] | undefined;
                    /** @default [] */
                    remove?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        added: number;
                        removed: number;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description That cannot be done with a group of this kind */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names devices that do not exist */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchHistory: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description Only where the data has this value there. A path and a value, `device=stb1` or `address.floor=3`; or a JSON pointer, `/odd.key/0=true`. The value is JSON, or text. Given several times (at most 8): all of them. */
                data?: string | string[] | undefined;
                /** @description Only steps at this time or later. */
                from?: string | undefined;
                /** @description Only steps of the instances with this id. */
                id?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                model?: string | undefined;
                outcome?: "fired" | "ignored" | "deferred" | "held" | "rejected" | "failed" | "duplicate" | "operated" | undefined;
                /** @description The signal’s type; `operator.cancel` and the like for what people did. */
                signal?: string | undefined;
                /** @description Only steps after which this state was current. Given several times (at most 16): all of them. */
                state?: string | string[] | undefined;
                /** @description Only steps before this time. */
                to?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InstanceStep"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHouseholds: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description Who lives together, or an organisation: a hotel, a school. Services are ordered for either in the same way. */
                kind?: "household" | "organisation" | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                tag?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Household"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createHousehold: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Attributes by name, as they are defined (GET /api/v1/attributes); null takes one away, others stay. */
                    attributes?: {
                        [key: string]: (string | number | boolean) | null;
                    };
                    /**
                     * @description Who lives together, or an organisation: a hotel, a school. Services are ordered for either in the same way.
                     * @default household
                     * @enum {string}
                     */
                    kind?: "household" | "organisation" | undefined;
                    name: string;
                    /** @description All tags that it is to have. */
                    tags?: string[] | undefined;
                    /** @description IANA name, for example `Europe/Berlin`. */
                    timeZone: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Household"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Attributes do not keep to their definitions */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHousehold: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Household"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeHousehold: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Attributes by name, as they are defined (GET /api/v1/attributes); null takes one away, others stay. */
                    attributes?: {
                        [key: string]: (string | number | boolean) | null;
                    };
                    /**
                     * @description Who lives together, or an organisation: a hotel, a school. Services are ordered for either in the same way.
                     * @enum {string}
                     */
                    kind?: "household" | "organisation" | undefined;
                    name?: string | undefined;
                    /** @description All tags that it is to have. */
                    tags?: string[] | undefined;
                    /** @description IANA name, for example `Europe/Berlin`. */
                    timeZone?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Household"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Attributes do not keep to their definitions */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHouseholdHistory: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EntityHistoryEntry"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewMergeHouseholds: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                from: string;
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The two cannot be made one as they are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mergeHouseholds: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                from: string;
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The two cannot be made one as they are; This is the last account that can operate the hub */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHouseholdNotes: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Note"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createHouseholdNote: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 4,096 bytes of UTF-8; may have several lines. */
                    text: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many notes as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteHouseholdNote: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                note: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    effectivePreferences: {
        parameters: {
            query?: {
                device?: string | undefined;
                service?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectivePreferences"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDuplicateHouseholds: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SameHouseholds"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIdentityProviders: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["IdentityProvider"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIdentityProvider: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    clientId: string;
                    /**
                     * @description Null = a public client.
                     * @default null
                     */
                    clientSecret?: string | null | undefined;
                    issuer: string;
                    /** @description On the log-in page. */
                    name: string;
                    /** @default null */
                    roleMapping?: {
                        /** @description Of the ID token, for example `groups`. */
                        claim: string;
                        /** @description Role by value of the claim. */
                        roles: {
                            [key: string]: "operator" | "developer" | "sponsor" | "subscriber" | "auditor";
                        };
                    } | null;
                    /**
                     * @default [
                     *       "openid",
                     *       "email",
                     *       "profile"
                     *     ]
                     */
                    scopes?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProvider"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is an identity provider with this issuer and client id already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer cannot be trusted without TLS */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeIdentityProvider: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeIdentityProvider: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    clientSecret?: string | null | undefined;
                    disabled?: boolean | undefined;
                    name?: string | undefined;
                    roleMapping?: {
                        /** @description Of the ID token, for example `groups`. */
                        claim: string;
                        /** @description Role by value of the claim. */
                        roles: {
                            [key: string]: "operator" | "developer" | "sponsor" | "subscriber" | "auditor";
                        };
                    } | null;
                    scopes?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProvider"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Import"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImport: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importDevices: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["ImportLine"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload stopped in the middle */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not of a media type that this endpoint takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has more of these requests than it can take at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importSubscriptions: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": Record<string, never>;
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload stopped in the middle */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not of a media type that this endpoint takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has more of these requests than it can take at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInstances: {
        parameters: {
            query?: {
                /** @description `true`: only those that a person should look at. */
                attention?: "true" | "false" | undefined;
                changedFrom?: string | undefined;
                changedTo?: string | undefined;
                createdFrom?: string | undefined;
                createdTo?: string | undefined;
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description Only where the data has this value there. A path and a value, `device=stb1` or `address.floor=3`; or a JSON pointer, `/odd.key/0=true`. The value is JSON, or text. Given several times (at most 8): all of them. */
                data?: string | string[] | undefined;
                /** @description Only those that have ended, or only those that have not. */
                done?: "true" | "false" | undefined;
                endedFrom?: string | undefined;
                endedTo?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                model?: string | undefined;
                /** @description Only subinstances of this one: `<model>/<id>`, or its URL. */
                parent?: string | undefined;
                /** @description Only instances in which this state is current. Given several times (at most 16): all of them. */
                state?: string | string[] | undefined;
                /** @description The exact version it runs on. */
                version?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Instance"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startInstance: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedInstance"];
                };
            };
            /** @description The request is not as the API describes it; The signal cannot be accepted */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is an instance of that model with that id already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInstance: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelInstance: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description The instance as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model’s own cancel needs more than a reason; The instance has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drawInstance: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description A picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model takes more time or memory than there is for it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many models wait to be checked, drawn or printed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInstanceHistory: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HistoryEntry"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamInstance: {
        parameters: {
            query?: {
                /** @description Id of a step of this stream: start after it. `Last-Event-ID` says the same and wins. Absent = from now on. */
                since?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description A stream that does not end: events `step` with an `id` and an InstanceStep as data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This hub serves as many live streams as it can */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    repairInstance: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RepairRequest"];
            };
        };
        responses: {
            /** @description The instance as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The instance cannot be set to these states and data */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryInstance: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperationRequest"];
            };
        };
        responses: {
            /** @description The instance as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing to retry or to skip */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signalInstance: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default {} */
                    args?: {
                        [key: string]: unknown;
                    };
                    /** @description Start the instance when it does not exist. */
                    create?: {
                        call?: {
                            [key: string]: unknown;
                        };
                        version?: string | undefined;
                    };
                    /** @description The same id again changes nothing; absent = a new one. */
                    id?: string | undefined;
                    type: string;
                };
            };
        };
        responses: {
            /** @description The returned signal: it was taken, and that is durable */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnedSignal"];
                };
            };
            /** @description The request is not as the API describes it; The signal cannot be accepted */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such instance; No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The signal was not taken in time */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    skipInstance: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                model: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperationRequest"];
            };
        };
        responses: {
            /** @description The instance as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing to retry or to skip */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createInvitation: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Who logs in through an identity provider with this verified address may use it, too.
                     * @default null
                     */
                    email?: string | null | undefined;
                    /** @default 86400 */
                    expiresInSeconds?: number | undefined;
                    /** @description Of the new person. */
                    households?: string[] | undefined;
                    roles: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[];
                    /** @description Whether the link is to be sent to that address by e-mail. */
                    send?: boolean | undefined;
                    /** @description The person it is for; absent = a new one of the name that they choose. */
                    user?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitation"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub cannot send e-mail */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a user that does not exist; The request names a household that does not exist */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPrincipal: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Principal"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeOwnPassword: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    /** @description 12 to 256 characters. */
                    next: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that; The current password is wrong */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The password would be guessed early */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                /** @description Only versions of this model. */
                name?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ModelSummary"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishModel: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthoredModel"];
            };
        };
        responses: {
            /** @description Published; 200 when the same content was there already */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Publication"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This version of the model is already published with other content */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model cannot be published; The model takes more time or memory than there is for it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many models wait to be checked, drawn or printed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                name: string;
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedModel"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drawModel: {
        parameters: {
            query?: {
                /** @description Comma-separated states to be shown as current. */
                states?: string | undefined;
            };
            header?: never | undefined;
            path: {
                name: string;
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description A picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model takes more time or memory than there is for it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many models wait to be checked, drawn or printed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamModel: {
        parameters: {
            query?: {
                /** @description Id of a step of this stream: start after it. `Last-Event-ID` says the same and wins. Absent = from now on. */
                since?: string | undefined;
            };
            header?: never | undefined;
            path: {
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description A stream that does not end: events `step` with an `id` and an InstanceStep as data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This hub serves as many live streams as it can */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMigrations: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Migration"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    migrateInstances: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MigrationRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Migration"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Instances cannot be moved so */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMigration: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Migration"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such migration of this model */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelMigration: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept in the event log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Migration"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such migration of this model */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The migration has ended already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMigrationRefusals: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MigrationRefusal"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such migration of this model */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewMigration: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                name: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MigrationPreviewRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationPreview"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Instances cannot be moved so */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkModel: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthoredModel"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedModel"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model takes more time or memory than there is for it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many models wait to be checked, drawn or printed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNames: {
        parameters: {
            query?: {
                /** @description Ids of devices, households, people and groups, comma-separated: at most 100. */
                ids?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Names"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notification"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createNotification: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub cannot send e-mail; This account has, or has asked for, as many notifications as it can */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The mail server did not take the message */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNotification: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteNotification: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeNotification: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotificationMails: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["NotificationMail"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishOidcLogin: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider did not prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no account for you here */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startOidcLogin: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description To the provider */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A page that is not this hub’s caused the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description Something of it went, or goes, to this device. */
                device?: string | undefined;
                household?: string | undefined;
                jeopardy?: "amber" | "red" | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                /** @description Only what is not over yet, or is. */
                open?: "true" | "false" | undefined;
                originId?: string | undefined;
                originKind?: "person" | "system" | "policy" | "campaign" | "hub" | undefined;
                service?: string | undefined;
                /** @description Only what was made then or later. */
                since?: string | undefined;
                /** @description Which come first. */
                sort?: "oldest" | "newest" | undefined;
                state?: "acknowledged" | "rejected" | "pending" | "held" | "inProgress" | "assessingCancellation" | "pendingCancellation" | "completed" | "partial" | "failed" | "cancelled" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Order"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrder: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderRequest"];
            };
        };
        responses: {
            /** @description The acknowledged order */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderWithDeliveries"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that; Only operators may order with the highest priority */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The item has not failed; The household does not have this service; The service is not suspended; The order is already settled; The order was put back as a whole; The item can no longer be tried again; The service was removed from the household; The household already has this service; The service has been moved to another household; The service is on its way to another household; The service is being removed; The service is suspended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Items of the order wait for one another; The order is to be completed at a time that has passed; No component of this version fits a device that was asked for; The household has no device that this could be delivered to; The household’s services would not go together; An order names the same service more than once; The order is to begin later than the hub plans ahead; One subscription reaches more devices than one order can carry; The household has no such device; There is no such service; The service has no such released version */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has more of these requests than it can take at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderWithDeliveries"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderWithDeliveries"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order is already settled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryOrderItem: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                item: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderWithDeliveries"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The item has not failed; The order was put back as a whole; The item can no longer be tried again */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tallyDevices: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FleetTally"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tallyOrders: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkTally"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    outcomeSeries: {
        parameters: {
            query?: {
                /** @description The last 24 hours, or the last 30 days. */
                span?: "day" | "month" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutcomeSeries"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    presenceSeries: {
        parameters: {
            query?: {
                /** @description The last 24 hours, or the last 30 days. */
                span?: "day" | "month" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceSeries"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Policy"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPolicy: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyDocument"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is a policy of this name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The policy cannot be as it is written */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPolicy: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id or name of the policy. */
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    switchPolicyOff: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id or name of the policy. */
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicySwitchOff"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No version of the policy is in force */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPolicyVersions: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                /** @description Id or name of the policy. */
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyVersion"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPolicyVersion: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id or name of the policy. */
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyDocument"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The policy cannot be as it is written */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPolicyVersion: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id or name of the policy. */
                id: string;
                version: number;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activatePolicyVersion: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id or name of the policy. */
                id: string;
                version: number;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyActivation"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This version of the policy was not tried out; The policy would order for a large part of all households; The trial saw nothing that would set the policy off; The policy would set itself off, by way of its own orders */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPolicyTrials: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                /** @description Id or name of the policy. */
                id: string;
                version: number;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyTrial"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryPolicyVersion: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id or name of the policy. */
                id: string;
                version: number;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyTrialRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyTrial"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkPolicy: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyFindings"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPreferences: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                kind: "tenant" | "household" | "user" | "device";
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesOf"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putPreferences: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                kind: "tenant" | "household" | "user" | "device";
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Preferences"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesOf"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A window is not written as iCalendar writes windows; Nothing could ever be delivered within these windows; A window opens again before it has closed; The preferences are larger than 64 KiB; This preference is not for this kind of subject */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReleaseRequests: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                service?: string | undefined;
                state?: "waiting" | "approved" | "refused" | "withdrawn" | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReleaseRequest"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReleaseRequest: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseRequest"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRelease: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    reason?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseRequest"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that; Another person has to decide this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody waits for this release any more; The version cannot go from its state to that one; The version cannot go to that channel; The version is not signed by a developer that devices trust */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuseRelease: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseRequest"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that; Another person has to decide this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody waits for this release any more; The version cannot go from its state to that one; The version cannot go to that channel; The version is not signed by a developer that devices trust */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawReleaseRequest: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    reason?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseRequest"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that; Another person has to decide this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody waits for this release any more; The version cannot go from its state to that one; The version cannot go to that channel; The version is not signed by a developer that devices trust */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReleaseRule: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseRule"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setReleaseRule: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A version is released by another person than who published it. */
                    secondPerson: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseRule"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveHousehold: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Services to have; the first gets the newer version where not all can.
                     * @default []
                     */
                    add?: {
                        /**
                         * @description Without it the one that the household prefers, or `stable`.
                         * @enum {string}
                         */
                        channel?: "alpha" | "beta" | "stable" | undefined;
                        /** @description Just these, and all of them; otherwise every device that it fits. */
                        devices?: string[] | undefined;
                        /** @description Only versions in this semver range. */
                        range?: string | undefined;
                        service: string;
                        /** @description Exactly this one, whatever its channel. */
                        version?: string | undefined;
                    }[];
                    household: string;
                    /**
                     * @description Services not to have any more.
                     * @default []
                     */
                    remove?: string[] | undefined;
                    /**
                     * @description Also add what is recommended and changes nothing else.
                     * @default false
                     */
                    withRecommended?: boolean | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resolution"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a household that does not exist; The relations between the services are too entangled to be resolved */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoles: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ModelRole"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignRole: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                role: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignRole"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRole"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such role; No such model, or no such version of it, is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model does not keep the contract of the role */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description Comma-separated: device, user, household, group, service, order; absent = all. */
                kinds?: string | undefined;
                /** @description How many of each kind at most. */
                limit?: number | undefined;
                /** @description Words, each of which must occur; or the begin of an id. Case and accents do not matter. */
                q: string;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too much begins like that */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServices: {
        parameters: {
            query?: {
                /** @description Only services of this one. */
                category?: string | undefined;
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Service"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it; The cursor is not one that this list gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createService: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What it is about: at most 8.
                     * @default []
                     */
                    categories?: string[] | undefined;
                    /** @description Unique on the hub; never changes. */
                    id: string;
                    /**
                     * @description The age from which it is meant to be used; 0 = any.
                     * @default 0
                     */
                    parental?: number | undefined;
                    title: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is already a service of this name */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getService: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    describeService: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is about: at most 8. */
                    categories?: string[] | undefined;
                    /** @description The age from which it is meant to be used; 0 = any. */
                    parental?: number | undefined;
                    title?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getServiceAdoption: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAdoption"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServiceRelations: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceRelations"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVersions: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["VersionSummary"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it; The cursor is not one that this list gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishVersion: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    components: {
                        /**
                         * @description Components of this version that must be confirmed in the household before this one is delivered.
                         * @default []
                         */
                        after?: string[] | undefined;
                        /**
                         * @description CEL over `report`, the capability report.
                         * @default true
                         */
                        compatibility?: string | undefined;
                        /** @description set-top-box, phone or gateway. */
                        deviceClass: string;
                        /** @description At most 4096. */
                        files: {
                            /** @description SHA-256, 64 lower-case hexadecimal digits. */
                            digest: string;
                            /**
                             * @description 420 (0644) or 493 (0755).
                             * @default 420
                             */
                            mode?: number | undefined;
                            /** @description Relative, separated by /, NFC, without . and .. segments. */
                            path: string;
                            /** @description Bytes. */
                            size: number;
                        }[];
                        /** @default null */
                        health?: {
                            /** @description Program and arguments, run in the component’s directory; status 0 = healthy. */
                            run: string[];
                            /** @description 1 to 3600. */
                            timeoutSeconds: number;
                        } | null;
                        name: string;
                        /**
                         * @description How a device without our agent names it once it runs it; null = as the service and its version are named.
                         * @default null
                         */
                        reports?: {
                            name?: string | undefined;
                            version?: string | undefined;
                        } | null;
                        /**
                         * @description none or device.
                         * @default none
                         */
                        restart?: string | undefined;
                        /**
                         * @description What it is to the device: files, firmware, unit, configuration.
                         * @default files
                         */
                        role?: string | undefined;
                    }[];
                    /**
                     * @description What is new, for people.
                     * @default
                     */
                    notes?: string | undefined;
                    /** @default [] */
                    relations?: {
                        /** @description requires, conflicts, replaces, recommends or extends. */
                        kind: string;
                        /** @description Semver range, for example ^1.2.0. */
                        range: string;
                        service: string;
                    }[];
                    /**
                     * @default candidate
                     * @enum {string}
                     */
                    state?: "draft" | "candidate" | undefined;
                    /** @description Semantic version without build metadata. */
                    version: string;
                };
            };
        };
        responses: {
            /** @description Published; 200 when it was already */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Files of the composition are not stored yet; This version is already published with other content; The service has as many versions as one service can have */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The composition breaks rules */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVersion: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVersionAdoption: {
        parameters: {
            query?: {
                /** @description How many days back, today among them. */
                days?: number | undefined;
            };
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionAdoption"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listComponentFiles: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                /** @description Name of the component. */
                component: string;
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ComponentFile"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it; The cursor is not one that this list gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The files of this version were removed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVersionFailures: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["VersionFailure"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it; The cursor is not one that this list gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVersionLogs: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["VersionLog"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it; The cursor is not one that this list gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askVersionLogs: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Of each log at most, the newest.
                     * @default 65536
                     */
                    bytes?: number | undefined;
                    /** @description Of those on which the version failed last; absent: the newest of them, at most 20. */
                    devices?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["VersionLog"][];
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No device is there whose log would say why the version failed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    promoteVersion: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How steady it is said to be; alpha also gets what is on beta, beta what is on stable.
                     * @enum {string}
                     */
                    channel: "alpha" | "beta" | "stable";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version cannot go from its state to that one; The version cannot go to that channel; Another person has to release this version */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseVersion: {
        parameters: {
            query?: {
                /** @description To which channel it is released, where it never was; stable when absent. */
                channel?: "alpha" | "beta" | "stable" | undefined;
            };
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version cannot go from its state to that one; The version cannot go to that channel; Another person has to release this version; The version is not signed by a developer that devices trust */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestRelease: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How steady it is said to be; alpha also gets what is on beta, beta what is on stable.
                     * @default stable
                     * @enum {string}
                     */
                    channel?: "alpha" | "beta" | "stable" | undefined;
                    /**
                     * @description For whoever decides.
                     * @default
                     */
                    note?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseRequest"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody asked for the release of this version already; The version is not signed by a developer that devices trust */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setVersionState: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description To which channel it is released, where it never was; stable when absent.
                     * @enum {string}
                     */
                    channel?: "alpha" | "beta" | "stable" | undefined;
                    /**
                     * @description draft → candidate → released → deprecated → retired.
                     * @enum {string}
                     */
                    state: "draft" | "candidate" | "released" | "deprecated" | "retired";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version cannot go from its state to that one; The version cannot go to that channel; Another person has to release this version; The version is not signed by a developer that devices trust */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWithdrawal: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawVersion: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Id of the service. */
                service: string;
                /** @description Semantic version. */
                version: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /**
                     * @description Order the previous version for every household that has this one.
                     * @default false
                     */
                    rollBack?: boolean | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version cannot go from its state to that one; There is no older released version */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OpenSession"][];
                    };
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSession: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Name or password is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description 12 to 256 characters. */
                    password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The link is not good for making an account any more */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another account has this name or belongs to this user */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The password would be guessed early */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many attempts */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                household?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Subscription"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubscription: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTenants: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Tenant"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTenant: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTenant"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is a tenant of this id already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeTenant: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    disabled?: boolean | undefined;
                    name?: string | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The installation’s own tenant cannot be disabled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrust: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trust"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeDeveloperMetadata: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description Name of the developer’s role. */
                developer: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The signed file itself, as text. */
                    targets: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        taken: {
                            role: string;
                            version: number;
                        }[];
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The signed metadata are not taken */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has no root of trust yet; The signer of online metadata does not answer; The signer of online metadata refused to sign */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeSignedMetadata: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    root?: string | null | undefined;
                    /** @default null */
                    targets?: string | null | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        taken: {
                            role: string;
                            version: number;
                        }[];
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The signed metadata are not taken */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has no root of trust yet; The signer of online metadata does not answer; The signer of online metadata refused to sign */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSignedMetadata: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                /** @description root, targets, snapshot, timestamp, or a developer. */
                role: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedMetadata"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeOnlineKey: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "timestamp" | "snapshot" | "director";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnlineKey"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The signer of online metadata does not answer; The signer of online metadata refused to sign */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUserGroups: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedUserGroup"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUserGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @description What everybody in it has; takes the right to write accounts.
                     * @default []
                     */
                    roles?: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[] | undefined;
                    /** @default [] */
                    users?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description The request is not as the API describes it; A value does not fit its SCIM attribute */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is one of that name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUserGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeUserGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUserGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string | undefined;
                    /** @description Takes the right to write accounts. */
                    roles?: ("operator" | "developer" | "sponsor" | "subscriber" | "auditor")[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is one of that name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUserGroupMembers: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                        }[];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUserGroupMembers: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    add?: string[] | undefined;
                    /** @default [] */
                    remove?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description The request is not as the API describes it; A value does not fit its SCIM attribute */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                household?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                tag?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["User"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Attributes by name, as they are defined (GET /api/v1/attributes); null takes one away, others stay. */
                    attributes?: {
                        [key: string]: (string | number | boolean) | null;
                    };
                    /** @default null */
                    email?: string | null | undefined;
                    /** @default [] */
                    households?: string[] | undefined;
                    name: string;
                    /** @description All tags that it is to have. */
                    tags?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a household that does not exist; Attributes do not keep to their definitions */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Attributes by name, as they are defined (GET /api/v1/attributes); null takes one away, others stay. */
                    attributes?: {
                        [key: string]: (string | number | boolean) | null;
                    };
                    email?: string | null | undefined;
                    households?: string[] | undefined;
                    name?: string | undefined;
                    /** @description All tags that it is to have. */
                    tags?: string[] | undefined;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request names a household that does not exist; Attributes do not keep to their definitions */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewErasure: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseUser: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This is the last account that can operate the hub */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportUser: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalData"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUserHistory: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EntityHistoryEntry"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewMergeUsers: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                from: string;
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The two cannot be made one as they are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mergeUsers: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                from: string;
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The two cannot be made one as they are; This is the last account that can operate the hub */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUserNotes: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Note"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUserNote: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 4,096 bytes of UTF-8; may have several lines. */
                    text: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many notes as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteUserNote: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
                note: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was here, and is not any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDuplicateUsers: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SameUsers"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This account has as many webhooks as it can have */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A change must say which version it is based on */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookAttempts: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string | undefined;
                /** @description How many items a page has at most. */
                limit?: number | undefined;
                outcome?: "delivered" | "failed" | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookAttempt"][];
                        /** @description Pass as `cursor` to get the next page; null on the last page. */
                        next: string | null;
                    };
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayEvents: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The webhook cannot replay events now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such event */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendEvent: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAttempt"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such event */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has more of these requests than it can take at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedSecret"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAttempt"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The hub has more of these requests than it can take at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The hub’s id, part of what devices sign. */
                        hub: string;
                        /** @constant */
                        status: "ok";
                        /**
                         * Format: date-time
                         * @description The hub’s clock; a device whose own is wrong corrects it by this.
                         */
                        time: string;
                    };
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readiness: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        parts: string[];
                        /** @constant */
                        status: "ready";
                    };
                };
            };
            /** @description The hub cannot do its work at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScimGroups: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description At most 200. */
                count?: number | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
                /** @description RFC 7644, 3.4.2.2; docs/guide/scim.md lists what it may name. */
                filter?: string | undefined;
                /** @description Is not heeded: in order of id. */
                sortBy?: string | undefined;
                sortOrder?: string | undefined;
                /** @description From 1. */
                startIndex?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimListResponse"];
                };
            };
            /** @description The request is not as the API describes it; The SCIM filter cannot be understood or used */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    createScimGroup: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScimResource"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it; The body is not a SCIM message; A value does not fit its SCIM attribute */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is one of that name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    getScimGroup: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    replaceScimGroup: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScimResource"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it; The body is not a SCIM message; A value does not fit its SCIM attribute */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is one of that name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    removeScimGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    changeScimGroup: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScimPatch"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it; The body is not a SCIM message; A value does not fit its SCIM attribute; The path of a SCIM PATCH operation leads nowhere; A SCIM PATCH operation has nothing to work on; The SCIM attribute is not changed by clients; The SCIM filter cannot be understood or used */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is one of that name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    listScimResourceTypes: {
        parameters: {
            query?: {
                filter?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimListResponse"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Schemas, resource types and the configuration are not filtered */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    getScimResourceType: {
        parameters: {
            query?: {
                filter?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Schemas, resource types and the configuration are not filtered */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    listScimSchemas: {
        parameters: {
            query?: {
                filter?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimListResponse"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Schemas, resource types and the configuration are not filtered */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    getScimSchema: {
        parameters: {
            query?: {
                filter?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Schemas, resource types and the configuration are not filtered */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    getScimConfiguration: {
        parameters: {
            query?: {
                filter?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Schemas, resource types and the configuration are not filtered */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    listScimUsers: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description At most 200. */
                count?: number | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
                /** @description RFC 7644, 3.4.2.2; docs/guide/scim.md lists what it may name. */
                filter?: string | undefined;
                /** @description Is not heeded: in order of id. */
                sortBy?: string | undefined;
                sortOrder?: string | undefined;
                /** @description From 1. */
                startIndex?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimListResponse"];
                };
            };
            /** @description The request is not as the API describes it; The SCIM filter cannot be understood or used */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    createScimUser: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScimResource"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it; The body is not a SCIM message; A value does not fit its SCIM attribute */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is one of that name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    getScimUser: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    replaceScimUser: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScimResource"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it; The body is not a SCIM message; A value does not fit its SCIM attribute */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is one of that name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    removeScimUser: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    changeScimUser: {
        parameters: {
            query?: {
                /** @description Comma-separated; only these. */
                attributes?: string | undefined;
                /** @description Comma-separated; all but these. */
                excludedAttributes?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScimPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimResource"];
                };
            };
            /** @description The request is not as the API describes it; The body is not a SCIM message; A value does not fit its SCIM attribute; The path of a SCIM PATCH operation leads nowhere; A SCIM PATCH operation has nothing to work on; The SCIM attribute is not changed by clients; The SCIM filter cannot be understood or used */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description There is one of that name already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
            /** @description Somebody else changed it since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/scim+json": components["schemas"]["ScimError"];
                };
            };
        };
    };
    registerCatalogListener: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TmfEventSubscriptionInput"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfEventSubscription"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    unregisterCatalogListener: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    listServiceCandidate: {
        parameters: {
            query?: {
                "category.id"?: string;
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
                /** @description How many are shown at most. */
                limit?: number | undefined;
                /** @description How many matches are passed over. */
                offset?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceCandidate"][];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    retrieveServiceCandidate: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceCandidate"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    listServiceCatalog: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
                /** @description How many are shown at most. */
                limit?: number | undefined;
                /** @description How many matches are passed over. */
                offset?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceCatalog"][];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    retrieveServiceCatalog: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceCatalog"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    listServiceCategory: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
                /** @description How many are shown at most. */
                limit?: number | undefined;
                /** @description How many matches are passed over. */
                offset?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceCategory"][];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    retrieveServiceCategory: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceCategory"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    listServiceSpecification: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
                id?: string | undefined;
                /** @description Comma-separated, any of which will do. */
                lifecycleStatus?: string | undefined;
                /** @description How many are shown at most. */
                limit?: number | undefined;
                name?: string | undefined;
                /** @description How many matches are passed over. */
                offset?: number | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceSpecification"][];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    retrieveServiceSpecification: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
                version?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceSpecification"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    registerInventoryListener: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TmfEventSubscriptionInput"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfEventSubscription"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    unregisterInventoryListener: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    listService: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
                /** @description How many are shown at most. */
                limit?: number | undefined;
                /** @description How many matches are passed over. */
                offset?: number | undefined;
                /** @description The household. */
                "relatedParty.id"?: string;
                "serviceDate.gt"?: string;
                "serviceDate.gte"?: string;
                "serviceDate.lt"?: string;
                "serviceDate.lte"?: string;
                "serviceSpecification.id"?: string;
                "serviceSpecification.version"?: string;
                sort?: "serviceDate" | "-serviceDate" | undefined;
                /** @description Comma-separated states, any of which will do. */
                state?: string | undefined;
                /** @description A device that something of it was delivered to. */
                "supportingResource.id"?: string;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfService"][];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    retrieveService: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfService"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    listCancelServiceOrder: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
                /** @description How many are shown at most. */
                limit?: number | undefined;
                /** @description How many matches are passed over. */
                offset?: number | undefined;
                "serviceOrder.id"?: string;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfCancelServiceOrder"][];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    createCancelServiceOrder: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TmfNewCancelServiceOrder"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfCancelServiceOrder"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description The order is already settled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    retrieveCancelServiceOrder: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfCancelServiceOrder"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    registerOrderListener: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TmfEventSubscriptionInput"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfEventSubscription"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    unregisterOrderListener: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never | undefined;
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    listServiceOrder: {
        parameters: {
            query?: {
                "completionDate.gt"?: string;
                "completionDate.gte"?: string;
                "completionDate.lt"?: string;
                "completionDate.lte"?: string;
                /** @description Comma-separated references, any of which will do. */
                externalId?: string | undefined;
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
                /** @description How many are shown at most. */
                limit?: number | undefined;
                /** @description How many matches are passed over. */
                offset?: number | undefined;
                "orderDate.gt"?: string;
                "orderDate.gte"?: string;
                "orderDate.lt"?: string;
                "orderDate.lte"?: string;
                priority?: "0" | "1" | "2" | "3" | "4" | undefined;
                /** @description The household. */
                "relatedParty.id"?: string;
                "requestedCompletionDate.gt"?: string;
                "requestedCompletionDate.gte"?: string;
                "requestedCompletionDate.lt"?: string;
                "requestedCompletionDate.lte"?: string;
                "requestedStartDate.gt"?: string;
                "requestedStartDate.gte"?: string;
                "requestedStartDate.lt"?: string;
                "requestedStartDate.lte"?: string;
                "serviceOrderItem.service.id"?: string;
                "serviceOrderItem.service.serviceSpecification.id"?: string;
                sort?: "orderDate" | "-orderDate" | undefined;
                /** @description Comma-separated states, any of which will do. */
                state?: string | undefined;
            };
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceOrder"][];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    createServiceOrder: {
        parameters: {
            query?: never | undefined;
            header?: never | undefined;
            path?: never | undefined;
            cookie?: never | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TmfNewServiceOrder"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceOrder"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that; Only operators may order with the highest priority */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description The item has not failed; The household does not have this service; The service is not suspended; The order is already settled; The order was put back as a whole; The item can no longer be tried again; The service was removed from the household; The household already has this service; The service has been moved to another household; The service is on its way to another household; The service is being removed; The service is suspended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Items of the order wait for one another; The order is to be completed at a time that has passed; No component of this version fits a device that was asked for; The household has no device that this could be delivered to; The household’s services would not go together; An order names the same service more than once; The order is to begin later than the hub plans ahead; One subscription reaches more devices than one order can carry; The household has no such device; There is no such service; The service has no such released version; The order does not name one household; An item of the order does not say what is to be done; There is no such service in the inventory */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description The hub has more of these requests than it can take at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
    retrieveServiceOrder: {
        parameters: {
            query?: {
                /** @description Comma-separated attributes to show, `a` or `a.b`; `none` for the id alone. */
                fields?: string | undefined;
            };
            header?: never | undefined;
            path: {
                id: string;
            };
            cookie?: never | undefined;
        };
        requestBody?: never | undefined;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfServiceOrder"];
                };
            };
            /** @description The request is not as the API describes it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description This principal may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TmfError"];
                };
            };
        };
    };
}
