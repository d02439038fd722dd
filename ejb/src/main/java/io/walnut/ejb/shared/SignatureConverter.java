package io.walnut.ejb.shared;

import io.walnut.contracts.Signature;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

@Converter(autoApply = true)
public class SignatureConverter implements AttributeConverter<Signature, String> {
    @Override
    public String convertToDatabaseColumn(Signature signature) {
        return signature == null ? null : io.walnut.contracts.Hex.encode(signature.bytes());
    }

    @Override
    public Signature convertToEntityAttribute(String column) {
        return column == null ? null : Signature.parse(column);
    }
}
