package dev.countersign.config;

import dev.countersign.mcp.AccessPolicy;
import dev.countersign.mcp.PublicCalls;
import dev.countersign.mcp.StepUp;
import dev.countersign.mcp.Visibility;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;

/**
 * One resource behind the kit, as configured. Immutable.
 *
 * @param name how settings and messages call it
 * @param identifier its identifier, which is also the audience of its tokens
 * @param required what every access token must cover
 * @param announced what the challenge to a request without a good token asks for
 * @param strength how the user must have logged in
 * @param policy what single operations need beyond that
 * @param stepUp which scopes a challenge names to a token that has too few
 * @param publicCalls the calls that need no token
 * @param visibility what a caller learns of what it may not use
 * @param metadata its document
 */
public record ProtectedResource(
    String name,
    ResourceIdentifier identifier,
    Scope required,
    Scope announced,
    AuthenticationStrength strength,
    AccessPolicy policy,
    StepUp stepUp,
    PublicCalls publicCalls,
    Visibility visibility,
    ProtectedResourceMetadata metadata) {}
