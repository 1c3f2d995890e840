"""Text to positioned tree to schema-checked document, and the diagnostics on the way.

Nothing here knows what a policy is: the modules read YAML, remember where every key and value
stood, and describe mistakes with a place, a code and a sentence in English and Chinese.
"""
